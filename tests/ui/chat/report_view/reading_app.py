"""An application that has one finished run of somebody, and the texts it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graph.history import RunRow
from graph.options import Options, Role
from graph.people.accounts import Account
from graph.people.policy_access import Access
from graph.records import Status
from graph.untrusted import Untrusted
from tests.fakes import people
from tests.ui.chat.report_view import reports
from tests.ui.fake_app import FakeApp, row
from ui.chat.report_view.report_access import ReportAccess
from ui.chat.report_view.report_requests import ReportRequests

ANN = Account(id="u-ann", name=reports.OWNER, role=Role.ANALYST)
BOB = Account(id="u-bob", name="bob", role=Role.ANALYST)
ROOT = Account(id="u-root", name="root", role=Role.ADMIN)


@dataclass
class ReadingApp(FakeApp):
    """Give out the texts of the reports made for reading."""

    kept: dict[str, Untrusted] = field(default_factory=reports.texts)

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the texts that are stored."""
        return {id_: self.kept[id_] for id_ in ids if id_ in self.kept}


def owned(report: dict[str, Any] | None) -> RunRow:
    """Store a run of Ann's."""
    run_id = reports.disputed()["run_id"] if report is None else report["run_id"]
    kept = row(Status.ANSWERED, report, run_id=run_id)
    return replace(kept, options=Options(user=ANN.id))


def requests(report: dict[str, Any] | None, reader: Account | None = ANN) -> ReportRequests:
    """Let a reader ask an application that has Ann's run."""
    return ReportRequests(access=report_access(ReadingApp(rows=[owned(report)]), reader))


def report_access(app: ReadingApp, reader: Account | None = ANN) -> ReportAccess:
    """Let a reader read, under the policies of the release."""
    return ReportAccess(app=app, access=Access(None), reader=reader)


@contextmanager
def known(home: Path) -> Iterator[people.Known]:
    """Yield an installation that has accounts of Ann, Bob and Root."""
    with people.known(home) as there:
        there.put(ANN, BOB, ROOT)
        yield there
