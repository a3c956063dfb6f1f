"""A decision that comes too late is told who decided what, and when."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import Busy, Refused
from graph.options import Approve, Options
from tests.fakes.app import events, small_app
from tests.fakes.tools import Pages

PAGES = {"Breakers": "A breaker closes."}
ASK = Options(approve=Approve.ASK)
REJECT = {"decision": "reject", "because": "too dear"}
APPROVE = {"decision": "approve"}
WHEN = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (APPROVE, f"bob approved the plan on {WHEN}"),
        (REJECT, rf"bob rejected the plan on {WHEN} \(too dear\)"),
    ],
)
@pytest.mark.parametrize("late", [APPROVE, REJECT, {"decision": "edit", "budget_usd": "5.00"}])
async def test_a_late_decision_is_told_who_decided(
    tmp_path: Path, first: dict[str, str], told: str, late: dict[str, str]
) -> None:
    """Whatever it says, it is refused with the one before it, and the report stays as it was."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        await events(app.resume("r1", first, by="bob"))
        before = await app.row("r1")
        with pytest.raises(Refused, match=rf"^too late: run r1 ended as \w+ on {WHEN}, {told}: see attest"):
            await events(app.resume("r1", late, by="ann"))
        assert await app.row("r1") == before


async def test_a_run_that_asked_nobody_says_so(tmp_path: Path) -> None:
    """There is nobody to name; the decision is refused all the same, and going on without one is not."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        ended = (await events(app.run("breaker?", Options(), run_id="r1")))[-1]
        with pytest.raises(Refused, match="no decision of a person is recorded"):
            await events(app.resume("r1", REJECT, by="ann"))
        assert (await events(app.resume("r1")))[-1] == ended


async def test_a_decision_that_was_not_accepted_is_none(tmp_path: Path) -> None:
    """An edit that the run turned down leaves no record: only what was taken counts."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        await events(app.resume("r1", {"decision": "edit", "plan": {"branches": []}}, by="bob"))
        assert await app.decided("r1") == "no decision of a person is recorded"
        await events(app.resume("r1", APPROVE, by="ann"))
        assert re.search(f"ann approved the plan on {WHEN}", await app.decided("r1"))


async def test_who_decides_is_said_by_the_entrance(tmp_path: Path) -> None:
    """A name inside a decision does not count: nobody decides in the name of another."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        await events(app.resume("r1", {**APPROVE, "by": "bob"}, by="ann"))
        assert "ann approved the plan" in await app.decided("r1")


async def test_a_run_that_is_ended_names_who_ended_it(tmp_path: Path) -> None:
    """Stopping a run that waits is a decision like any other."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        await events(app.end("r1", "ann"))
        assert "ann rejected the plan" in await app.decided("r1")


async def test_a_run_that_another_works_on_is_busy(tmp_path: Path) -> None:
    """Its error is one of its own, which is refused as well: whoever decides waits or stops it."""
    async with small_app(tmp_path, Pages(PAGES)) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        going = app.resume("r1", APPROVE, by="ann")
        await anext(going)
        async with small_app(tmp_path, Pages(PAGES)) as other:
            with pytest.raises(Busy, match="another process: wait for it or stop it"):
                await events(other.resume("r1", REJECT, by="bob"))
        await events(going)
