from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import Exhausted, Unavailable
from graph.options import Options
from graph.records import Call, Crossed, Outcome, Passage, Run, Span, Status, Task, Unknown
from graph.stores import audit
from graph.stores.calls import StoredCalls
from graph.stores.database import Database
from graph.stores.deflated import Opened
from graph.stores.evidence import StoredEvidence
from tests.books.counting import count
from tests.fakes.tools import snapshot

RUN = Run(id="r1", question="q", options=Options(budget=100), started=0.0)
TASK = Task(id="t1", tool="pages", purpose="", arguments={})
PASSAGE = Passage(span=Span(source="a" * 64, start=1, end=2), score=0.5, branch="b1")


def done(cost: int = 0, *, outcome: Outcome = Outcome.DONE) -> Call:
    return Call(
        task="t1",
        branch="b1",
        tool="pages",
        outcome=outcome,
        started=1.0,
        ended=2.0,
        cost=cost,
        passages=(PASSAGE,),
        unknowns=(Unknown(kind="unreadable", detail="x"),),
    )


async def test_a_completed_call_is_replayed_and_a_failed_one_is_not(database: Database) -> None:
    """The journal answers for what was completed, for the branch that asks, and for nothing else."""
    calls = StoredCalls(database, lambda: 0.0)
    await calls.end(RUN, "failed", done(outcome=Outcome.FAILED), ())
    await calls.end(RUN, "done", done(), ())
    assert await calls.replay(RUN, "b2", TASK, "failed") is None
    assert await calls.replay(replace(RUN, id="r2"), "b2", TASK, "done") is None
    replayed = await calls.replay(RUN, "b2", replace(TASK, id="t9"), "done")
    passage = replace(PASSAGE, branch="b2")
    own = replace(done(), task="t9", branch="b2", passages=(passage,), started=0.0, ended=0.0)
    assert replayed == replace(own, replayed=True)


async def test_a_call_and_its_evidence_are_stored_together(database: Database) -> None:
    """Once a call is in the journal, the texts it found are in the evidence store."""
    calls, evidence, page = StoredCalls(database, lambda: 0.0), StoredEvidence(database), snapshot("words")
    await calls.end(RUN, "k", done(), (page,))
    assert await evidence.texts([page.source.id]) == {page.source.id: page.text}


async def test_what_a_call_found_is_not_opened_again(database: Database) -> None:
    """A text is read back from its stored bytes as the very text that was stored."""
    opened, page = Opened(), snapshot("words")
    await StoredCalls(database, lambda: 0.0, opened).end(RUN, "k", done(), (page,))
    read = await StoredEvidence(database, opened).texts([page.source.id])
    assert read[page.source.id] is page.text


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 100), st.sampled_from(["settle", "fail", "crash"])),
        max_size=12,
    ),
    st.integers(0, 10**6),
)
async def test_reserved_and_spent_never_pass_the_cap(
    database: Database, steps: list[tuple[int, int, str]], number: int
) -> None:
    """Whatever is reserved, settled, failed or left open, an honest tool's bill stays within the cap."""
    calls, run = StoredCalls(database, lambda: 0.0), replace(RUN, id=f"r{number}-{steps!r}")
    expected = 0
    for index, (amount, share, fate) in enumerate(steps):
        actual = amount * share // 100
        try:
            await calls.reserve(run, TASK.tool, f"k{index}", amount)
        except Exhausted:
            assert expected + amount > run.options.budget
            continue
        if fate == "settle":
            await calls.end(run, f"k{index}", done(actual), ())
        elif fate == "fail":
            await calls.end(run, f"k{index}", done(outcome=Outcome.FAILED), ())
        expected += {"settle": actual, "fail": 0, "crash": amount}[fate]
        assert (await calls.cost(run.id)).micros == expected <= run.options.budget


async def test_an_open_reservation_of_a_killed_call_stays_counted(database: Database) -> None:
    """A call killed after its reservation may have been billed: made again, it counts beside the first."""
    calls = StoredCalls(database, lambda: 0.0)
    await calls.reserve(RUN, TASK.tool, "k", 40)
    await calls.reserve(RUN, TASK.tool, "k", 40)
    with pytest.raises(Exhausted, match=r"\$0\.00008"):
        await calls.reserve(RUN, TASK.tool, "other", 21)


async def test_the_audit_chain_shows_any_change(database: Database) -> None:
    """A changed, removed or reordered entry breaks the chain where it was touched."""
    calls = StoredCalls(database, lambda: 5.0)
    for key in ("a", "b", "c"):
        await calls.end(RUN, key, done(), ())
    assert await database.read(lambda c: audit.broken_at(c, "r1")) is None
    await database.write(lambda c: c.execute("UPDATE audit SET detail = '{}' WHERE position = 2").rowcount)
    assert await database.read(lambda c: audit.broken_at(c, "r1")) == 2
    await database.write(lambda c: c.execute("DELETE FROM audit WHERE position = 1").rowcount)
    assert await database.read(lambda c: audit.broken_at(c, "r1")) == 1


async def test_sealing_again_finds_the_seal(database: Database) -> None:
    """A run killed between its seal and its report ends with the head it sealed."""
    calls = StoredCalls(database, lambda: 5.0)
    crossed = [Crossed(crossing="quote", source="s", characters=3, digest="d")]
    head = await calls.seal("r1", crossed, Status.COMPLETE)
    assert await calls.seal("r1", crossed, Status.COMPLETE) == head
    assert await database.read(lambda c: audit.head(c, "r1")) == (2, head)


async def test_calls_that_begin_together_read_the_journal_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight calls of a run share one reading, each finds what was done, and later calls join it."""
    await StoredCalls(database, lambda: 0.0).end(RUN, "done", done(), ())
    reads = count(monkeypatch, database, "read")
    calls = StoredCalls(database, lambda: 0.0)
    found = await asyncio.gather(*(calls.replay(RUN, "b1", TASK, key) for key in ("done", "new") * 4))
    assert [call is not None for call in found] == [True, False] * 4
    await calls.end(RUN, "new", done(), ())
    assert await calls.replay(RUN, "b1", TASK, "new")
    assert len(reads) == 1


async def test_a_journal_that_could_not_be_read_is_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One failed reading does not stay in the way of the next call."""
    calls, read = StoredCalls(database, lambda: 0.0), database.read

    async def fail(_: object) -> None:
        raise Unavailable("busy")

    monkeypatch.setattr(database, "read", fail)
    with pytest.raises(Unavailable):
        await calls.replay(RUN, "b1", TASK, "k")
    monkeypatch.setattr(database, "read", read)
    assert await calls.replay(RUN, "b1", TASK, "k") is None
