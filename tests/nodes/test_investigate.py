from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from graph.definition import Definition, Fingerprint
from graph.options import Options
from graph.records import (
    Argument,
    Branch,
    Call,
    Outcome,
    Passage,
    Run,
    Snapshot,
    Source,
    Span,
    Task,
    Unknown,
    source_id,
)
from graph.state import Held, Investigation, Update, join
from graph.tool import Hold
from graph.untrusted import Untrusted
from guards.outages import unpaid
from nodes.investigate import Caller, investigate

RUN = Run(id="r1", question="q", options=Options(), started=0.0)  # standard: 12 passages a search
QUERY = Argument(value="breaker")


class Shelf:
    """Hold web sources named by their text."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.held = {source_id(a): self._snapshot(a) for a in addresses}

    def _snapshot(self, address: str) -> Snapshot:
        source = Source(
            id=source_id(address),
            title=Untrusted("t"),
            location=address,
            published=None,
            retrieved_at="2026-01-01T00:00:00+00:00",
        )
        return Snapshot(source=source, text=Untrusted(address))

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        return {name: self.held[name] for name in ids if name in self.held}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        raise NotImplementedError

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        raise NotImplementedError


class Calls:
    """Answer calls as a script says: how each tool ends, and the addresses it finds."""

    def __init__(self, found: Mapping[str, Sequence[str] | Outcome]) -> None:
        self._found = found
        self.made: list[Task] = []
        self.ended: list[str] = []

    async def __call__(self, run: Run, branch: str, task: Task) -> Call:
        self.made.append(task)
        await asyncio.sleep(0)
        self.ended.append(task.id)
        found = self._found[task.tool]
        call = Call(
            task=task.id, branch=branch, tool=task.tool, outcome=Outcome.DONE, started=run.started, ended=1.0
        )
        if isinstance(found, Outcome):
            return replace(call, outcome=found, detail="so it is")
        passages = tuple(
            Passage(span=Span(source=source_id(a), start=0, end=1), score=1 / at, branch=branch)
            for at, a in enumerate(found, 1)
        )
        return replace(call, passages=passages, found=len(passages))


async def nobody(_: Run, __: Task) -> Hold | None:
    """Let no call wait."""
    return None


def search(*fallbacks: str, tool: str = "wiki") -> Task:
    return Task(id="s", tool=tool, purpose="p", arguments={"query": QUERY}, fallbacks=fallbacks)


def page(at: int) -> Task:
    return Task(
        id=f"s.p{at}", tool="page", purpose="p", arguments={"url": Argument(value=at, of="s")}, needs=("s",)
    )


async def carried_out(calls: Caller, *tasks: Task, addresses: Sequence[str] = ()) -> Update:
    branch = Branch(id="b1", root="b1", question=QUERY, tasks=tasks)
    state = Investigation(run=RUN, branch=branch)
    return await investigate(state, call=calls, holds=nobody, evidence=Shelf(addresses), clock=lambda: 5.0)


async def test_a_thin_search_escalates_and_stops_when_enough_is_found() -> None:
    """A back-end that fails or brings too little is followed by the next; one that brings enough by none."""
    calls = Calls({"wiki": Outcome.FAILED, "duck": ["https://a"], "searx": list("abc"), "paid": list("abc")})
    update = await carried_out(calls, search("duck", "searx", "paid"))
    assert [(task.id, task.tool) for task in calls.made] == [("s", "wiki"), ("s~2", "duck"), ("s~3", "searx")]
    assert [call.found for call in update["calls"]] == [0, 1, 3]


@pytest.mark.parametrize(
    ("found", "lacking"),
    [(Outcome.FAILED, ["s~2", "s.p0"]), ([], ["s~2"]), (["https://a"], [])],
    ids=["failed", "nothing", "one"],
)
async def test_a_stand_in_without_money_is_asked_for_only_where_nothing_was_found(
    found: Sequence[str] | Outcome, lacking: Sequence[str]
) -> None:
    """It is not made: its call counts as one that a cap stopped, and what needs it waits with it."""
    calls = Calls({"wiki": found, "page": ["x"]})
    task = replace(search(), unfunded=("paid",))
    update = await carried_out(calls, task, page(0), addresses=["https://a"])
    assert "paid" not in {task.tool for task in calls.made}
    assert [call.task for call in unpaid(update["calls"])] == lacking


async def test_a_stand_in_is_asked_once_its_budget_was_raised() -> None:
    """Kept back for another round, it is asked under the same id, and what failed is not tried again."""
    calls = Calls({"wiki": Outcome.FAILED, "paid": ["x"], "dearer": ["y"]})
    task = replace(search(), unfunded=("paid", "dearer"))
    first = await carried_out(calls, task)
    known = tuple(
        replace(c, outcome=Outcome.HELD) if c in unpaid(first["calls"]) else c for c in first["calls"]
    )
    branch = Branch(id="b1", root="b1", question=QUERY, tasks=(task,))
    again = Investigation(run=RUN, branch=branch, known=known)
    update = await investigate(again, call=calls, holds=nobody, evidence=Shelf(()), clock=lambda: 5.0)
    assert [(made.id, made.tool) for made in calls.made] == [("s", "wiki"), ("s~2", "paid")]
    assert [call.outcome for call in update["calls"]] == [Outcome.FAILED, Outcome.DONE]


async def test_a_page_is_fetched_from_the_address_a_search_found() -> None:
    """The address crosses as it stands, tainted by its source and logged, in the order of the ranking."""
    addresses = ["https://one.example/a?b=c", "https://two.example/"]
    calls = Calls({"wiki": [*addresses, *"cd"], "page": ["x"]})
    update = await carried_out(calls, search(), page(1), page(0), addresses=addresses)
    urls = {task.id: task.arguments["url"] for task in calls.made if task.tool == "page"}
    assert urls == {
        "s.p0": Argument(value=addresses[0], taint=(source_id(addresses[0]),)),
        "s.p1": Argument(value=addresses[1], taint=(source_id(addresses[1]),)),
    }
    assert {crossed.crossing for crossed in update["crossed"]} == {"link"}
    assert len(update["crossed"]) == 2


async def test_an_address_that_is_none_of_the_web_is_not_fetched() -> None:
    """A file, a script or an address with blanks never becomes an argument."""
    addresses = ["file:///etc/passwd", "javascript:alert(1)", "https://a b", "https://ex\u202eample.org"]
    calls = Calls({"wiki": addresses, "page": ["x"]})
    update = await carried_out(calls, search(), *(page(at) for at in range(5)), addresses=addresses)
    assert [task.tool for task in calls.made] == ["wiki"]
    assert {call.outcome for call in update["calls"][1:]} == {Outcome.UNNEEDED}
    assert update["crossed"] == ()


async def test_a_failed_call_costs_its_dependants_and_no_sibling() -> None:
    """What needs it is skipped with the reason; what stands beside it is carried out."""
    sibling = Task(id="q", tool="docs", purpose="p", arguments={"query": QUERY})
    after = Task(id="z", tool="docs", purpose="p", arguments={"query": QUERY}, needs=("s.p0",))
    calls = Calls({"wiki": Outcome.FAILED, "docs": ["x"], "page": ["x"]})
    update = await carried_out(calls, search(), page(0), after, sibling)
    outcomes = {call.task: (call.outcome, call.detail) for call in update["calls"]}
    assert outcomes["s.p0"] == (Outcome.SKIPPED, "it needs s, which failed")
    assert outcomes["z"][0] is Outcome.SKIPPED
    assert outcomes["q"][0] is Outcome.DONE


async def test_a_stopped_call_ends_its_chain_and_its_dependants() -> None:
    """A stand-in is not asked for a run that must end."""
    calls = Calls({"wiki": Outcome.STOPPED, "duck": list("abc"), "page": ["x"]})
    update = await carried_out(calls, search("duck"), page(0))
    assert [task.tool for task in calls.made] == ["wiki"]
    assert [call.outcome for call in update["calls"]] == [Outcome.STOPPED] * 2


async def test_a_finished_call_starts_its_dependants_at_once() -> None:
    """No wave: what needs a quick call does not wait for a slow sibling of it."""
    gate = asyncio.Event()
    order: list[str] = []

    async def call(run: Run, branch: str, task: Task) -> Call:
        if task.id == "slow":
            await gate.wait()
        order.append(task.id)
        if task.id == "after quick":
            gate.set()
        return Call(
            task=task.id, branch=branch, tool=task.tool, outcome=Outcome.DONE, started=run.started, ended=1.0
        )

    def made(name: str, *needs: str) -> Task:
        return Task(id=name, tool="t", purpose="p", arguments={}, needs=needs)

    branch = Branch(
        id="b1",
        root="b1",
        question=QUERY,
        tasks=(
            made("after quick", "quick"),
            made("last", "slow", "after quick"),
            made("slow"),
            made("quick"),
        ),
    )
    state = Investigation(run=RUN, branch=branch)
    async with asyncio.timeout(60):
        await investigate(state, call=call, holds=nobody, evidence=Shelf(()), clock=lambda: 5.0)
    assert order == ["quick", "after quick", "slow", "last"]


DUCK = Definition(tool="duck", writes=False, fingerprint=Fingerprint(tool="duck", parts={"effect": "read"}))


async def risky(_: Run, task: Task) -> Hold | None:
    """Let a person release every call of `duck`."""
    waits = task.tool == "duck" and not task.approved
    return Hold(reason="so it is", estimate=7, definition=DUCK) if waits else None


async def all_changed(_: Run, __: Task) -> Hold | None:
    """Hold whatever is to be made, as when every tool changed."""
    return Hold(reason="so it is", definition=DUCK)


async def test_a_call_that_waits_for_a_person_keeps_back_what_needs_it() -> None:
    """It is not made, no stand-in is asked in its place, and its siblings are carried out."""
    after = Task(id="z", tool="docs", purpose="p", arguments={"query": QUERY}, needs=("s",))
    sibling = Task(id="q", tool="docs", purpose="p", arguments={"query": QUERY})
    branch = Branch(id="b1", root="b1", question=QUERY, tasks=(search("wiki", tool="duck"), after, sibling))
    calls = Calls({"docs": ["x"], "wiki": ["x"]})
    state = Investigation(run=RUN, branch=branch)
    update = await investigate(state, call=calls, holds=risky, evidence=Shelf(()), clock=lambda: 5.0)
    assert [task.id for task in calls.made] == ["q"]
    assert {call.task: call.outcome for call in update["calls"]} == {
        "s": Outcome.HELD,
        "z": Outcome.HELD,
        "q": Outcome.DONE,
    }
    held = Held(branch="b1", task=search(tool="duck"), reason="so it is", estimate=7, definition=DUCK)
    assert update["held"] == (held,)


async def test_a_branch_that_comes_again_makes_only_what_was_kept_back() -> None:
    """What failed is not tried again, what was done keeps its first record, and the released call is made."""
    tasks = tuple(
        Task(id=name, tool=tool, purpose="p", arguments={"query": QUERY}, needs=needs)
        for name, tool, needs in (("f", "wiki", ()), ("d", "docs", ()), ("h", "duck", ("d",)))
    )
    known = Call(task="f", branch="b1", tool="wiki", outcome=Outcome.FAILED, started=1.0, ended=2.0)
    done = replace(known, task="d", tool="docs", outcome=Outcome.DONE)
    held = replace(known, task="h", tool="duck", outcome=Outcome.HELD)
    calls = Calls({"docs": ["x"], "duck": ["x"]})
    state = Investigation(
        run=RUN,
        branch=Branch(id="b1", root="b1", question=QUERY, tasks=tasks),
        known=(known, done, held),
        ruled=(replace(tasks[2], approved=True),),
    )
    update = await investigate(state, call=calls, holds=risky, evidence=Shelf(()), clock=lambda: 5.0)
    assert [(task.id, task.approved) for task in calls.made] == [("d", False), ("h", True)]
    assert update["calls"][:2] == (known, done)
    assert update["calls"][2].outcome is Outcome.DONE
    assert len(update["passages"]) == 2
    assert update["held"] == ()


async def test_a_call_that_was_made_does_not_wait_again() -> None:
    """Its tool changed since, and what it brought stands: it is replayed, and nobody is asked."""
    task = Task(id="d", tool="docs", purpose="p", arguments={"query": QUERY}, approved=True)
    done = Call(task="d", branch="b1", tool="docs", outcome=Outcome.DONE, started=1.0, ended=2.0)
    branch = Branch(id="b1", root="b1", question=QUERY, tasks=(task,))
    state = Investigation(run=RUN, branch=branch, known=(done,))
    calls = Calls({"docs": ["x"]})
    update = await investigate(state, call=calls, holds=all_changed, evidence=Shelf(()), clock=lambda: 5.0)
    assert (update["held"], update["calls"]) == ((), (done,))


async def test_what_a_call_says_of_its_limits_is_kept() -> None:
    """What a search has to say of what it cannot find is kept, once however many searches say it."""
    said = Unknown(kind="other_language", detail="the question is in German")

    async def call(run: Run, branch: str, task: Task) -> Call:
        return replace(await Calls({"wiki": []})(run, branch, task), unknowns=(said,))

    update = await carried_out(call, search(), replace(search(), id="again"))
    assert join((), update["unknowns"]) == (said,)
