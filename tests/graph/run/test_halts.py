from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from graph.app import open_app
from graph.errors import Misconfigured, Refused
from graph.events import Announce, CallFinished, Event
from graph.options import Mode, Options
from graph.ports import Services
from graph.records import Argument, Branch, Passage, Plan, Result, Run, Span, Task
from graph.run.application import Application
from graph.stores.leases.run_lock import request
from graph.tool import ToolSpec
from tests.fakes.app import events, report, settings, small, small_app
from tests.fakes.tools import Pages, Query, snapshot

PAGES = {"Breakers": "A breaker closes after three probes.", "Marlin": "Marlin keeps keys for 24 hours."}


class Slow(Pages):
    """Find pages at once, but never the one on zebras."""

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        if "zebra" in Query.model_validate(arguments).query:
            await asyncio.sleep(600)
        return await super().run(arguments, run, announce)


async def stopping(app: Application, stop: object, options: Options) -> list[Event]:
    """Stop a run once two of its three calls ended."""
    announced: list[Event] = []
    async for event in app.run("breaker? zebra? marlin?", options, run_id="r1"):
        announced.append(event)
        if sum(isinstance(e, CallFinished) for e in announced) == 2 and callable(stop):
            stop()
            stop = None
    return announced


@pytest.mark.parametrize("by", ["the application", "another process", "the deadline"])
async def test_a_stopped_run_reports_what_it_has_and_leaves_nothing_running(tmp_path: Path, by: str) -> None:
    """A person, another process or the deadline ends it: partial, labelled, with what was found by then."""
    before = asyncio.all_tasks()
    options = Options(mode=Mode.QUICK, deadline=3.0 if by == "the deadline" else 0.0)
    async with asyncio.timeout(60), small_app(tmp_path, Slow(PAGES)) as app:
        stop = {
            "the application": lambda: app.stop("r1"),
            "another process": lambda: request(tmp_path / "locks", "r1"),
        }.get(by)
        made = report(await stopping(app, stop, options))
        left = {task for task in asyncio.all_tasks() - before if "_save" not in repr(task.get_coro())}
    assert left == set()
    assert made["status"] == ("partly answered" if by == "the deadline" else "stopped")
    assert "three probes" in str(made["answer"])
    assert "24 hours" in str(made["answer"])
    why = "its deadline of 3 s passed" if by == "the deadline" else "a person stopped it"
    assert {"kind": "stopped", "detail": f"{why}: 1 calls were not finished, 2 were"} in made["unknowns"]  # type: ignore[operator]


async def test_a_request_to_stop_is_for_the_process_that_holds_the_run(tmp_path: Path) -> None:
    """Nobody works on it: the request is not left behind for whoever resumes the run."""
    assert not request(tmp_path / "locks", "r1")
    async with small_app(tmp_path, Pages(PAGES)) as app:
        made = report(await events(app.run("breaker?", Options(), run_id="r1")))
    assert made["status"] == "answered"
    assert not request(tmp_path / "locks", "r1")


class Crossing:
    """Plan two chains of two calls and a last one that needs both."""

    async def plan(self, run: Run) -> Plan:
        tasks = [("a", ()), ("b", ()), ("c", ("a",)), ("d", ("b",)), ("e", ("c", "d"))]
        asked = Argument(value=run.question)
        made = tuple(
            Task(id=name, tool="crossed", purpose="", arguments={"query": Argument(value=name)}, needs=needs)
            for name, needs in tasks
        )
        return Plan(branches=(Branch(id="b1", root="b1", question=asked, tasks=made),))

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        return ()


class Crossed:
    """Answer `b` before `a`, and the last call only once it is mended."""

    spec = ToolSpec(name="crossed", version="1", purpose="", arguments=Query, essential=True)

    def __init__(self) -> None:
        self.mended = False
        self.made: list[str] = []
        self.b_is_answered = asyncio.Event()

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        query = Query.model_validate(arguments).query
        self.made.append(query)
        if query == "a":
            await self.b_is_answered.wait()
        if query == "b":
            self.b_is_answered.set()
        if query == "e" and not self.mended:
            raise Misconfigured("set a key")
        text = snapshot(f"This was found by {query}.")
        span = Span(source=text.source.id, start=0, end=len(text.text))
        return Result(snapshots=(text,), passages=(Passage(span=span, score=1.0),), detail=query)


async def test_a_resumed_branch_gives_each_call_its_own_result(tmp_path: Path) -> None:
    """Stored results come back in the order the calls began in: none is taken for that of another call."""
    tool = Crossed()

    def adapt(made: Services) -> Services:
        return replace(small(tool)(made), planner=Crossing())

    async with open_app(settings(tmp_path), adapt) as app:
        with pytest.raises(Misconfigured):
            await events(app.run("how?", Options(mode=Mode.QUICK), run_id="r1"))
    tool.mended = True
    async with open_app(settings(tmp_path), adapt) as app:
        made = report(await events(app.resume("r1")))
        history = await app.history("r1")
    assert tool.made == ["a", "b", "d", "c", "e", "e"]
    assert made["status"] == "answered"
    assert [(call.task, call.detail) for call in history.calls] == [(name, name) for name in "abcde"]


class Dear(Pages):
    """Find pages for 30 micro-dollars a query."""

    spec = ToolSpec(name="pages", version="1", purpose="find pages", arguments=Query, price=30)

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        return replace(await super().run(arguments, run, announce), cost=30)


async def test_a_run_that_ran_out_of_money_goes_on_with_more(tmp_path: Path) -> None:
    """Raising the cap does what was left undone: no paid call is repeated, and the bill is the sum."""
    dear = Dear(PAGES | {"Zebras": "A zebra has stripes."})
    async with small_app(tmp_path, dear) as app:
        asked = app.run("breaker? zebra? marlin?", Options(mode=Mode.QUICK, budget=60), run_id="r1")
        cut = report(await events(asked))
        before = list(dear.made)
        whole = report(await events(app.resume("r1", budget=90)))
        with pytest.raises(Refused, match="answered"):
            await events(app.resume("r1", budget=900))
    assert (cut["status"], len(before)) == ("partly answered", 2)
    assert (whole["status"], sorted(dear.made)) == ("answered", ["breaker", "marlin", "zebra"])
    assert whole["cost"]["usd"] == "0.00009"  # type: ignore[index]
    assert len(whole["claims"]) == 3  # type: ignore[arg-type]
