from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from graph.errors import Misconfigured, Unavailable, Unusable
from graph.events import Announce, CallFinished, CallRetried, CallStarted, Event
from graph.options import Options
from graph.records import Argument, Call, Outcome, Passage, Result, Run, Span, Task
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.tool import Group, ToolSpec
from tests.fakes.controls import controls
from tests.fakes.tools import Query, snapshot
from tools.call_pipeline.runner import Runner

RUN = Run(id="r1", question="q", options=Options(budget=100), started=0.0)
SPEC = ToolSpec(name="scripted", version="1", purpose="", arguments=Query, price=30)
FREE = replace(SPEC, name="free", price=0)
ESSENTIAL = replace(FREE, name="essential", essential=True)
CACHED = replace(FREE, name="cached", deterministic=True, ttl=60.0, group=Group.WEB)
WRITING = replace(FREE, name="writing", effects="write")
HURRIED = replace(SPEC, name="hurried", timeout=0.05)
TEXT = snapshot("A breaker closes again.")


class Scripted:
    """Do what the query says, and note what was asked."""

    def __init__(self, spec: ToolSpec) -> None:
        self.spec = spec
        self.made: list[str] = []
        self.going = asyncio.Event()
        self.go_on = asyncio.Event()

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        query = Query.model_validate(arguments).query
        self.made.append(query)
        await self._misbehave(query)
        span = Span(source=TEXT.source.id, start=0, end=9)
        return Result(
            cost=10 if self.spec.price else 0,
            detail="fine",
            snapshots=(TEXT,),
            passages=(Passage(span=span, score=1.0),),
        )

    async def _misbehave(self, query: str) -> None:
        if query == "hang":
            await asyncio.sleep(60)
        if query.startswith("wait"):
            self.going.set()
            await self.go_on.wait()
        if query == "once" and len(self.made) == 1:
            raise Unavailable("busy", retry_after=0.0)
        if query == "billed":
            raise Unavailable("the line broke", reached=True)
        failures: dict[str, Exception] = {
            "unusable": Unusable("the page is empty"),
            "down": Unavailable("it is down"),
            "misconfigured": Misconfigured("set a key"),
            "bug": ZeroDivisionError("oops"),
        }
        if (first := query.split(maxsplit=1)[0]) in failures:
            raise failures[first]


def task(query: object, *, tool: str = "free", name: str = "t1", **more: Any) -> Task:  # noqa: ANN401  # fields of a task
    taint = more.pop("taint", ())
    argument = Argument(value=query, taint=taint)  # type: ignore[arg-type]  # also what does not fit
    return Task(id=name, tool=tool, purpose="p", arguments={"query": argument}, **more)


class Made:
    """Hold a runner over a real database, its tools by name, and what it announced."""

    def __init__(self, database: Database) -> None:
        self.calls = StoredCalls(database, lambda: 0.0)
        specs = (SPEC, FREE, ESSENTIAL, CACHED, WRITING, HURRIED)
        self.tools = {spec.name: Scripted(spec) for spec in specs}
        self.controls = controls(database, lambda: 1.0)
        self.runner = Runner(self.tools.values(), calls=self.calls, clock=lambda: 1.0, controls=self.controls)
        self.heard: list[Event] = []

    async def call(self, what: Task, run: Run = RUN) -> Call:
        return await self.runner.call(run, "b1", what, self.heard.append)

    def asked(self, tool: str) -> list[str]:
        return self.tools[tool].made

    async def spent(self) -> int:
        return (await self.calls.cost(RUN.id)).micros


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Made]:
    """Close the breakers' book before its database, as the application does."""
    database = Database(tmp_path / "attest.db", migrations=MIGRATIONS)
    made = Made(database)
    yield made
    await made.runner.close()
    await database.close()


async def test_a_call_is_announced_made_once_settled_and_replayed(made: Made) -> None:
    """The second equal call costs nothing and is not made."""
    first = await made.call(task("x", tool="scripted"))
    second = await made.call(task("x", tool="scripted", name="t2"))
    assert (first.outcome, first.cost, first.found, first.replayed) == (Outcome.DONE, 10, 1, False)
    assert (second.outcome, second.task, second.replayed) == (Outcome.DONE, "t2", True)
    assert made.asked("scripted") == ["x"]
    assert await made.spent() == 10
    assert [type(event) for event in made.heard] == [CallStarted, CallFinished] * 2


@pytest.mark.parametrize(
    ("query", "spent", "fault", "detail"),
    [
        ("unusable", 0, "Unusable", "empty"),
        ("hang", 30, "Unavailable", "no answer within 0.05 s"),
        ("down", 0, "Unavailable", "it is down"),
        ("billed", 30, "Unusable", "may have been billed"),
        ("bug", 30, "Unusable", "ZeroDivisionError"),
        ("misconfigured", 0, "Misconfigured", "set a key"),
    ],
)
async def test_a_failure_is_a_call_too_and_an_unknown_outcome_counts_as_spent(
    made: Made, query: str, spent: int, fault: str, detail: str
) -> None:
    """An error gives its reservation back; what may have been billed without an answer stays spent."""
    call = await made.call(task(query, tool="hurried" if query == "hang" else "scripted"))
    assert (call.outcome, call.fault, await made.spent()) == (Outcome.FAILED, fault, spent)
    assert detail in call.detail


async def test_a_busy_service_is_asked_again_and_a_refusal_is_not(made: Made) -> None:
    """Only what may succeed later is retried; each retry is announced with its reason."""
    again = await made.call(task("once"))
    refused = await made.call(task("unusable", name="t2"))
    assert (again.outcome, again.attempts) == (Outcome.DONE, 2)
    assert (refused.outcome, refused.attempts) == (Outcome.FAILED, 1)
    retried = [event for event in made.heard if isinstance(event, CallRetried)]
    assert [(event.task, event.attempt, event.reason) for event in retried] == [("t1", 2, "busy")]


async def test_a_paid_call_that_may_have_been_billed_is_not_made_again(made: Made) -> None:
    """One reservation pays for one attempt: the cap holds even when the line breaks."""
    for query, tool in (("billed", "scripted"), ("hang", "hurried")):
        await made.call(task(query, tool=tool))
        assert made.asked(tool) == [query]
    assert await made.spent() == 60


async def test_bad_arguments_and_forbidden_writes_never_reach_the_tool(made: Made) -> None:
    """What is not authorised or not valid is denied with its reason, before money is reserved."""
    denied = [
        await made.call(task(["no", "string"], tool="scripted")),
        await made.call(task("x", tool="writing")),
        await made.call(task("x", tool="writing", taint=("source",), approved=True)),
    ]
    assert [call.outcome for call in denied] == [Outcome.DENIED] * 3
    assert "query" in denied[0].detail
    assert "approve" in denied[1].detail
    assert made.asked("scripted") == made.asked("writing") == []
    assert await made.spent() == 0


async def test_a_released_write_is_made(made: Made) -> None:
    """The same question asked with a person's approval has another answer."""
    call = await made.call(task("x", tool="writing", approved=True))
    assert call.outcome is Outcome.DONE


async def test_no_call_starts_past_the_cap(made: Made) -> None:
    """The worst case must fit: the call that might not fit is skipped, not started."""
    for query in "abcdefgh":
        await made.call(task(query, tool="scripted"))
    last = await made.call(task("one more", tool="scripted"))
    assert last.outcome is Outcome.SKIPPED
    assert "$" in last.detail
    assert "one more" not in made.asked("scripted")
    assert await made.spent() <= RUN.options.budget


async def test_what_a_run_cannot_do_without_ends_it(made: Made) -> None:
    """A missing tool, or an essential one that an operator must mend, is raised: every call would fail."""
    with pytest.raises(Misconfigured, match="set a key"):
        await made.call(task("misconfigured", tool="essential"))
    with pytest.raises(Misconfigured, match="'nowhere'"):
        await made.call(task("x", tool="nowhere"))
    assert await made.spent() == 0


async def test_ten_equal_calls_make_one(made: Made) -> None:
    """Calls that are made together share one answer, each under its own name."""
    free = made.tools["free"]
    together = asyncio.gather(*(made.call(task("wait", name=f"t{n}")) for n in range(10)))
    await free.going.wait()
    free.go_on.set()
    calls = await together
    assert free.made == ["wait"]
    assert sorted(call.task for call in calls) == sorted(f"t{n}" for n in range(10))
    assert [call.outcome for call in calls] == [Outcome.DONE] * 10


async def test_another_run_is_served_from_the_cache_if_the_tool_allows(made: Made) -> None:
    """A deterministic result serves every run at no cost; any other tool is asked by each run."""
    other = replace(RUN, id="r2")
    for tool in ("cached", "free"):
        await made.call(task("x", tool=tool))
    served, asked = [await made.call(task("x", tool=tool), other) for tool in ("cached", "free")]
    assert (served.cached, served.cost, served.found, served.attempts) == (True, 0, 1, 0)
    assert (asked.cached, asked.attempts) == (False, 1)
    assert (made.asked("cached"), made.asked("free")) == (["x"], ["x", "x"])


async def test_a_failing_tool_is_left_alone_after_a_while(made: Made) -> None:
    """Once the breaker is open a call fails without reaching the tool, and says until when."""
    calls = [await made.call(task(query, name=query)) for query in ("down", *"abc")[:1] * 3]
    refused = await made.call(task("x"))
    assert calls[0].attempts == 3
    assert (refused.outcome, refused.attempts, refused.fault) == (Outcome.FAILED, 0, "Unavailable")
    assert "breaker open until" in refused.detail
    states = {state.spec.name: state for state in await made.runner.states()}
    assert states["free"].open_until > 1.0
    assert states["scripted"].open_until == 0.0
    assert (states["free"].calls, states["free"].done) == (2, 0)


@pytest.mark.parametrize("begin", [lambda made: made.call(task("wait"))])
async def test_a_stopped_run_keeps_what_it_has(made: Made, begin: Callable[[Made], Any]) -> None:
    """A call under way ends as stopped with the reason, and no other begins; other runs go on."""
    made.controls.cancellation.begin(RUN.id)
    done, going = await made.call(task("x", name="t0")), asyncio.ensure_future(begin(made))
    await made.tools["free"].going.wait()
    made.controls.cancellation.stop(RUN.id, "a person stopped it")
    stopped, after = await going, await made.call(task("y", name="t2"))
    assert [call.outcome for call in (done, stopped, after)] == [
        Outcome.DONE,
        Outcome.STOPPED,
        Outcome.STOPPED,
    ]
    assert stopped.detail == "a person stopped it"
    assert (await made.call(task("y"), replace(RUN, id="r2"))).outcome is Outcome.DONE


async def test_who_waits_for_a_stopped_run_makes_the_call_itself(made: Made) -> None:
    """Two runs that share a call: stopping the one that makes it costs the other nothing."""
    cached, other = made.tools["cached"], replace(RUN, id="r2")

    made.controls.cancellation.begin(RUN.id)
    first = asyncio.ensure_future(made.call(task("wait", tool="cached")))
    await cached.going.wait()
    second = asyncio.ensure_future(made.call(task("wait", tool="cached"), other))
    await asyncio.sleep(0.01)
    made.controls.cancellation.stop(RUN.id, "its deadline of 1 s passed")
    cached.go_on.set()
    assert (await first).outcome is Outcome.STOPPED
    assert (await second).outcome is Outcome.DONE
    assert cached.made == ["wait", "wait"]


async def test_quick_failures_do_not_close_the_door_on_slow_answers(made: Made) -> None:
    """Of calls made at once the failures end first: the breaker waits for those that are still under way."""
    crowd = Scripted(replace(FREE, name="crowd", at_once=20, attempts=1, timeout=30.0))
    runner = made.runner.with_tools([crowd])

    async def call(query: str) -> Call:
        return await runner.call(RUN, "b1", task(query, tool="crowd", name=query), made.heard.append)

    slow = [asyncio.ensure_future(call(f"wait {n}")) for n in range(8)]
    await crowd.going.wait()
    failed = await asyncio.gather(*(call(f"down {n}") for n in range(7)))
    crowd.go_on.set()
    answered = [*await asyncio.gather(*slow), await call("x")]
    assert {call.outcome for call in failed} == {Outcome.FAILED}
    assert {call.outcome for call in answered} == {Outcome.DONE}
