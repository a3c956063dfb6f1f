from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import Exhausted, Unavailable
from graph.options import Options
from graph.reading import Lead
from graph.records import Call, Crossed, Outcome, Passage, Run, Span, Status, Task, Unknown
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.compressed_text import TextCache
from graph.stores.db.database import Database
from graph.stores.evidence import StoredEvidence
from graph.stores.runs import StoredRuns
from graph.untrusted import Untrusted
from guards.claims.sealed_report import broken_at, check_known, check_seal
from guards.outside_text import cross_lead
from tests.fakes.tools import snapshot
from tests.graph.stores.books.counting import count
from ui.report.chain_file import write_chain

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
    opened, page = TextCache(), snapshot("words")
    await StoredCalls(database, lambda: 0.0, opened).end(RUN, "k", done(), (page,))
    read = await StoredEvidence(database, opened).texts([page.source.id])
    assert read[page.source.id] is page.text


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    assert broken_at("r1", await calls.chain("r1")) is None
    await database.write(lambda c: c.execute("UPDATE audit SET detail = '{}' WHERE position = 2").rowcount)
    assert broken_at("r1", await calls.chain("r1")) == 2
    await database.write(lambda c: c.execute("DELETE FROM audit WHERE position = 1").rowcount)
    assert broken_at("r1", await calls.chain("r1")) == 1


REPORT = {"run_id": "r1", "status": "answered", "answer": "Yes. [1]", "claims": [{"confidence": 0.5}]}
CROSSED = [Crossed(crossing="quote", source="s", characters=3, digest="d")]


async def test_a_report_is_sealed_by_the_last_entry_of_its_chain(database: Database) -> None:
    """The entry holds the digest of the report, and the report holds the hash of the entry."""
    calls, runs = StoredCalls(database, lambda: 5.0), StoredRuns(database, lambda: 1.0)
    await runs.accept(RUN)
    made = await calls.seal("r1", CROSSED, REPORT)
    chain = await calls.chain("r1")
    assert [entry.kind for entry in chain] == ["crossings", "sealed"]
    assert list(check_seal(made, chain)) == []
    row = await runs.get("r1")
    assert row is not None
    assert (row.report, row.status, row.updated) == (made, Status.ANSWERED, 5.0)


async def test_sealing_again_finds_the_seal(database: Database) -> None:
    """A run killed between its seal and its checkpoint gets the report it stored, not one of another time."""
    calls = StoredCalls(database, lambda: 5.0)
    await StoredRuns(database, lambda: 1.0).accept(RUN)
    made = await calls.seal("r1", CROSSED, REPORT)
    assert await calls.seal("r1", CROSSED, {**REPORT, "answer": "Later."}) == made
    assert len(await calls.chain("r1")) == 2


async def test_a_run_that_went_on_is_sealed_anew(database: Database) -> None:
    """Opened again, its next report has an entry of its own, behind the first."""
    calls, runs = StoredCalls(database, lambda: 5.0), StoredRuns(database, lambda: 1.0)
    await runs.accept(RUN)
    first = await calls.seal("r1", (), REPORT)
    await runs.reopen("r1", RUN.options)
    second = await calls.seal("r1", (), {**REPORT, "answer": "More."})
    chain = await calls.chain("r1")
    assert [entry.kind for entry in chain] == ["crossings", "sealed"] * 2
    assert (chain[1].hash, chain[3].hash) == (first["audit_head"], second["audit_head"])
    assert list(check_known(first, chain[:2], chain)) == []


async def test_what_is_published_of_a_chain_holds_no_guessable_word(database: Database) -> None:
    """A name out of a document leaves neither itself, nor a digest or key to try guesses on."""
    log: list[Crossed] = []
    calls = StoredCalls(database, lambda: 5.0)
    await StoredRuns(database, lambda: 1.0).accept(RUN)
    span = Span(source="a" * 64, start=0, end=5)
    cross_lead(Lead(name=Untrusted("Ilmarinen"), span=span, score=1.0), log.append, private=True)
    await calls.end(RUN, "key-of-Ilmarinen", done(), ())
    await calls.seal("r1", log, REPORT)
    written = write_chain(await calls.chain("r1"))
    digests = {hashlib.sha256(b"Ilmarinen").hexdigest()[:16], "key-of-Ilmarinen", "Ilmarinen"}
    assert not [each for each in digests if each in written]


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
