"""Who may read the report of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import Refused
from graph.people.accounts import Account
from tests.ui.chat.report_view import reports
from tests.ui.chat.report_view.reading_app import ANN, BOB, ROOT, ReadingApp, owned, report_access

RUN = reports.disputed()["run_id"]


@pytest.mark.parametrize("reader", [ANN, ROOT])
async def test_the_owner_and_an_admin_read_a_report(reader: Account) -> None:
    """The policies of the release let both."""
    access = report_access(ReadingApp(rows=[owned(reports.disputed())]), reader)
    assert await access.report(RUN) == reports.disputed()


async def test_all_others_learn_nothing() -> None:
    """A stranger, nobody, an unknown run and one without a report are refused in the same words."""
    app = ReadingApp(rows=[owned(reports.disputed())])
    unfinished = ReadingApp(rows=[replace(owned(reports.disputed()), report=None)])
    said = set()
    for access, run in [
        (report_access(app, BOB), RUN),
        (report_access(app, None), RUN),
        (report_access(app), "unknown"),
        (report_access(unfinished), RUN),
    ]:
        with pytest.raises(Refused) as refused:
            await access.report(run)
        said.add(str(refused.value).replace(run, "RUN"))
    assert said == {"you have no finished run RUN: open it from your own history"}
