from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import BaseModel

from graph.errors import Misconfigured, Unusable
from graph.events import Announce, CallFinished, CallStarted, Event
from graph.options import Options
from graph.records import Argument, Call, Outcome, Result, Run, Task
from graph.stores.calls import StoredCalls
from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS
from graph.tool import ToolSpec
from tests.fakes.tools import Query
from tools.runner import Runner, call_key

RUN = Run(id="r1", question="q", options=Options(budget=100), started=0.0)


@dataclass
class Scripted:
    """Do what the query says."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="scripted", version="1", purpose="", arguments=Query, price=30, timeout=0.05
    )
    made: list[str] = field(default_factory=list)

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002
        query = Query.model_validate(arguments).query
        self.made.append(query)
        if query == "hang":
            await asyncio.sleep(60)
        if query == "unusable":
            raise Unusable("the page is empty")
        if query == "misconfigured":
            raise Misconfigured("set a key")
        return Result(cost=10, detail="fine")


class Writing(Scripted):
    """Change the world."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="writing", version="1", purpose="", arguments=Query, effects="write"
    )


def task(query: object, *, tool: str = "scripted", taint: tuple[str, ...] = ()) -> Task:
    return Task(
        id="t1",
        tool=tool,
        purpose="p",
        arguments={"query": Argument(value=query, taint=taint)},  # type: ignore[arg-type]
    )


class Made:
    """Hold a runner over a real database, and what it announced."""

    def __init__(self, home: Path) -> None:
        self.database = Database(home / "attest.db", migrations=MIGRATIONS)
        self.calls = StoredCalls(self.database, lambda: 0.0)
        self.tool, self.writing = Scripted(), Writing()
        self.runner = Runner([self.tool, self.writing], calls=self.calls, clock=lambda: 1.0)
        self.heard: list[Event] = []

    async def call(self, what: Task) -> Call:
        return await self.runner.call(RUN, "b1", what, self.heard.append)

    async def spent(self) -> int:
        return (await self.calls.cost(RUN.id)).micros


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


async def test_a_call_is_announced_made_once_settled_and_replayed(made: Made) -> None:
    """The second equal call costs nothing and is not made."""
    first, second = await made.call(task("x")), await made.call(task("x"))
    assert (first.outcome, first.cost, first.replayed) == (Outcome.DONE, 10, False)
    assert (second.outcome, second.replayed) == (Outcome.DONE, True)
    assert made.tool.made == ["x"]
    assert await made.spent() == 10
    assert [type(event) for event in made.heard] == [CallStarted, CallFinished] * 2


@pytest.mark.parametrize(
    ("query", "outcome", "spent", "detail"),
    [("unusable", Outcome.FAILED, 0, "empty"), ("hang", Outcome.FAILED, 30, "no answer within 0.05 s")],
)
async def test_a_failure_is_a_call_too_and_an_unknown_outcome_counts_as_spent(
    made: Made, query: str, outcome: Outcome, spent: int, detail: str
) -> None:
    """An error gives its reservation back; a call that never answered may have been billed."""
    call = await made.call(task(query))
    assert (call.outcome, await made.spent()) == (outcome, spent)
    assert detail in call.detail


async def test_bad_arguments_and_forbidden_writes_never_reach_the_tool(made: Made) -> None:
    """What is not authorised or not valid is denied with its reason, before money is reserved."""
    denied = [
        await made.call(task(["no", "string"])),
        await made.call(task("x", tool="writing")),
        await made.call(task("x", tool="writing", taint=("source",))),
    ]
    assert [call.outcome for call in denied] == [Outcome.DENIED] * 3
    assert ["query" in denied[0].detail, "approved" in denied[1].detail, "source" in denied[2].detail] == [
        True
    ] * 3
    assert made.tool.made == made.writing.made == []
    assert await made.spent() == 0


async def test_no_call_starts_past_the_cap(made: Made) -> None:
    """The worst case must fit: the call that might not fit is skipped, not started."""
    for query in "abcdefgh":
        await made.call(task(query))
    last = await made.call(task("one more"))
    assert last.outcome is Outcome.SKIPPED
    assert "$" in last.detail
    assert "one more" not in made.tool.made
    assert await made.spent() <= RUN.options.budget


async def test_what_an_operator_must_mend_ends_the_run(made: Made) -> None:
    """A missing key or tool is not a failed branch: it is raised, with nothing left reserved."""
    with pytest.raises(Misconfigured, match="set a key"):
        await made.call(task("misconfigured"))
    with pytest.raises(Misconfigured, match="'nowhere'"):
        await made.call(task("x", tool="nowhere"))
    assert await made.spent() == 0


def test_the_key_of_a_call_is_its_tool_version_and_arguments() -> None:
    """Equal calls share a key; another version or argument does not."""
    spec, newer = Scripted.spec, ToolSpec(name="scripted", version="2", purpose="", arguments=Query)
    keys = {
        call_key(spec, Query(query="x")),
        call_key(spec, Query(query="y")),
        call_key(newer, Query(query="x")),
    }
    assert len(keys) == 3
    assert call_key(spec, Query(query="x")) in keys
