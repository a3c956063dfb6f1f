"""An application that has one finished run of somebody, and the texts it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.history import RunRow
from graph.options import Options, Role
from graph.records import Status
from graph.untrusted import Untrusted
from tests.reading import reports
from tests.ui.fakes import FakeApp, row
from ui.chat.reading.asked import Desk
from ui.chat.reading.readers import Reader, judge_of

ANN = Reader(name=reports.OWNER, role=Role.ANALYST)
BOB = Reader(name="bob", role=Role.ANALYST)
ROOT = Reader(name="root", role=Role.ADMIN)


@dataclass
class ReadingApp(FakeApp):
    """Give out the texts of the reports made for reading."""

    stored: dict[str, Untrusted] = field(default_factory=reports.texts)

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the texts that are stored."""
        return {id_: self.stored[id_] for id_ in ids if id_ in self.stored}


def owned(report: dict[str, Any] | None) -> RunRow:
    """Store a run of Ann's."""
    run_id = reports.disputed()["run_id"] if report is None else report["run_id"]
    kept = row(Status.COMPLETE, report, run_id=run_id)
    return replace(kept, options=Options(user=reports.OWNER))


def desk(report: dict[str, Any] | None, reader: Reader | None = ANN) -> Desk:
    """Seat a reader before an application that has Ann's run."""
    return Desk(app=ReadingApp(rows=[owned(report)]), judge=judge_of(None), reader=reader)
