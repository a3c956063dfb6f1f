"""Ask the policies what a person may do."""

from __future__ import annotations

import time
from pathlib import Path

from graph.config.settings import Settings
from graph.errors import Refused
from graph.options import Role
from graph.people.accounts import Account
from graph.records import Clock
from guards.policy.access import AccessQuestion, AccessRules, Action
from tools.call_pipeline.policy_files import PolicyFiles

SECTION = "people"
"""The folder of the policies about people, in those of the release and in ATTEST_POLICIES."""


class Access:
    """Apply the newest policies about people; `own` is the operator's folder.

    Raises Misconfigured where they cannot be used at the start; later the old ones stay in force.
    """

    def __init__(self, own: Path | None, *, clock: Clock = time.time) -> None:
        self._book = PolicyFiles(AccessRules, own, section=SECTION, clock=clock)

    def may(self, account: Account, action: Action, owner: str = "") -> bool:
        """Return whether a person may take an action, on a run of `owner` where it is about one.

        `owner` is the id of the account that asked for the run.
        """
        return self._book.rules().is_access_allowed(_question(account, action, owner)).allowed

    def require(self, account: Account, action: Action, owner: str = "") -> None:
        """Raise Refused, with the reason, unless a person may take an action."""
        decision = self._book.rules().is_access_allowed(_question(account, action, owner))
        if not decision.allowed:
            raise Refused(decision.reason)


def role_of_run(account: Account, most: Role) -> Role:
    """Return the role a run of that person has: no more than `most`, which is ATTEST_ROLE."""
    order = tuple(Role)
    return min(account.role, most, key=order.index)


def most_budget(account: Account, settings: Settings) -> int | None:
    """Return the largest budget of a run of that person, in micro-dollars; None means any amount."""
    return None if account.role is Role.ADMIN else settings.budget


def share_of(account: Account, settings: Settings) -> int:
    """Return how many percent of a cap of the installation a person may use; 0 means no bound."""
    return 0 if account.role is Role.ADMIN else settings.server_settings.account_share


def _question(account: Account, action: Action, owner: str) -> AccessQuestion:
    return AccessQuestion(person=account.id, name=account.name, role=account.role, action=action, owner=owner)
