"""Return the report of a run to a person who may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.errors import Refused
from graph.people.accounts import Account
from graph.people.policy_access import Access
from graph.run.application import Application
from guards.policy.access import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAccess:
    """Check who reads before a report is returned; `reader` is None where nobody is logged in."""

    app: Application
    access: Access
    reader: Account | None

    async def report(self, run_id: str) -> dict[str, Any]:
        """Return the report of a run; raise Refused for a run that is unknown, unfinished or another's.

        All of these are refused in the same words.
        """
        row = await self.app.stored(run_id) if self.reader else None
        if row is None or self.reader is None or row.report is None:
            raise _no_report(run_id)
        if not self.access.may(self.reader, Action.READ_RUN, row.options.user):
            raise _no_report(run_id)
        return row.report


def _no_report(run_id: str) -> Refused:
    return Refused(f"you have no finished run {run_id}: open it from your own history")
