"""An application that has one finished run of somebody, and the texts it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from graph.history import RunRow
from graph.options import Options, Role
from graph.records import Status
from graph.untrusted import Untrusted
from tests.reading import reports
from tests.ui.fakes import FakeApp, row
from ui.chat.reading.asked import Desk
from ui.chat.reading.readers import Shelf
from ui.chat.who import know
from ui.people.access import Access
from ui.people.accounts import Account, Accounts

ANN = Account(name=reports.OWNER, role=Role.ANALYST)
BOB = Account(name="bob", role=Role.ANALYST)
ROOT = Account(name="root", role=Role.ADMIN)


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
    return replace(kept, options=Options(user=reports.OWNER))


def desk(report: dict[str, Any] | None, reader: Account | None = ANN) -> Desk:
    """Seat a reader before an application that has Ann's run."""
    return Desk(shelf=shelf(ReadingApp(rows=[owned(report)]), reader))


def shelf(app: ReadingApp, reader: Account | None = ANN) -> Shelf:
    """Put an application before a reader, under the policies of the release."""
    return Shelf(app=app, access=Access(None), reader=reader)


def known(home: Path) -> None:
    """Let the chat know Ann, Bob and Root, as an installation does that has their accounts."""
    accounts = Accounts(home, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for account in (ANN, BOB, ROOT):
        accounts.add(account.name, "a long password", account.role)
    know(accounts, Access(None))
