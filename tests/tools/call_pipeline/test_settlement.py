"""How a call ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.costs import Tokens
from graph.errors import Exhausted, Misconfigured, Refused, Unavailable, Unusable
from graph.records import Outcome, Passage, Result, Span
from graph.tool import Group
from tests.fakes.tools import snapshot
from tests.tools.call_pipeline.steps.stepping import CACHEABLE, SPEC, Books, pending, settlement
from tools.call_pipeline.pending_call import PendingCall
from tools.call_pipeline.settlement import CarryOut

TEXT = snapshot("A breaker closes again.")


async def test_a_result_is_stored_with_its_texts_and_cached_if_the_tool_allows() -> None:
    """One entry in the books holds the texts; another run may be served from then on."""
    books, call = Books(), pending(CACHEABLE)
    ended = await settlement(books).done(call, Result(snapshots=(TEXT,), detail="fine"))
    assert (ended.outcome, ended.detail, ended.sources) == (Outcome.DONE, "fine", (TEXT.source,))
    assert (books.entries, books.stored) == ([(call.key, Outcome.DONE)], [TEXT])
    assert books.cached[call.key] == ended


async def test_a_failure_keeps_what_it_may_have_cost_and_is_never_cached() -> None:
    """The error names the fault, and the tokens that were counted all the same."""
    books, call = Books(), pending(CACHEABLE)
    call.owed = 12
    error = Unusable("the page is empty")
    error.tokens = Tokens(prompt=3, answer=1)
    ended = await settlement(books).failed(call, Outcome.FAILED, error, key=call.key)
    assert (ended.cost, ended.fault, ended.detail) == (12, "Unusable", "the page is empty")
    assert (ended.tokens, books.cached) == (error.tokens, {})


async def test_the_trace_shows_that_a_call_was_settled() -> None:
    """Every ending is traced, whatever it is."""
    steps, call = list[tuple[str, str]](), pending(SPEC)
    call.trace = lambda tool, step: steps.append((tool, step))
    await settlement(Books()).failed(call, Outcome.DENIED, Unusable("no"))
    assert steps == [("pages", "store evidence, settle, audit")]


TEXT = snapshot("A breaker closes again.")
WITHIN = Passage(span=Span(source=TEXT.source.id, start=0, end=9), score=1.0)
BEYOND = replace(WITHIN, span=Span(source=TEXT.source.id, start=0, end=999))


class Attempts:
    """Bring a result, or raise."""

    def __init__(self, outcome: Result | Exception) -> None:
        self._outcome = outcome

    async def __call__(self, call: PendingCall) -> Result:
        call.owed = call.price
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


async def test_a_result_is_screened_stored_and_settled() -> None:
    """What does not lie in its source is left out and reported; what is left carries its branch."""
    books, call = Books(), pending(replace(SPEC, group=Group.WEB))
    result = Result(cost=10, detail="fine", snapshots=(TEXT,), passages=(WITHIN, BEYOND))
    ended = await CarryOut(Attempts(result), settlement(books))(call)
    assert (ended.outcome, ended.cost, ended.found, ended.detail) == (Outcome.DONE, 10, 1, "fine")
    assert [passage.branch for passage in ended.passages] == ["b1"]
    assert [unknown.kind for unknown in ended.unknowns] == ["screened"]
    assert (books.entries, books.stored) == ([(call.key, Outcome.DONE)], [TEXT])


@pytest.mark.parametrize("spec", [SPEC, CACHEABLE])
async def test_only_a_result_that_may_be_cached_is(spec: object) -> None:
    """A deterministic tool's result serves other runs from now on."""
    books, call = Books(), pending(CACHEABLE if spec is CACHEABLE else SPEC)
    await CarryOut(Attempts(Result()), settlement(books))(call)
    assert list(books.cached) == ([call.key] if spec is CACHEABLE else [])


@pytest.mark.parametrize(
    ("error", "outcome", "fault", "detail"),
    [
        (Exhausted("a person stopped it"), Outcome.STOPPED, "Exhausted", "a person stopped it"),
        (Refused("not there"), Outcome.DENIED, "Refused", "not there"),
        (TimeoutError(), Outcome.FAILED, "Unavailable", "no answer within 30 s"),
        (Unavailable("busy"), Outcome.FAILED, "Unavailable", "busy"),
        (Unusable("empty"), Outcome.FAILED, "Unusable", "empty"),
        (Misconfigured("set a key"), Outcome.FAILED, "Misconfigured", "set a key"),
        (ZeroDivisionError("words of a source"), Outcome.FAILED, "Unusable", "(ZeroDivisionError)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_every_error_is_an_outcome_and_is_settled(
    error: Exception, outcome: Outcome, fault: str, detail: str
) -> None:
    """The books get what may have been spent; the words of an unknown error stay in the log."""
    books, call = Books(), pending()
    ended = await CarryOut(Attempts(error), settlement(books))(call)
    assert (ended.outcome, ended.fault, ended.cost) == (outcome, fault, 30)
    assert detail in ended.detail
    assert "words of a source" not in ended.detail
    assert books.entries == [(call.key, outcome)]


async def test_a_run_ends_without_an_essential_tool_that_an_operator_must_mend() -> None:
    """Misconfigured is raised, after the call was settled."""
    books = Books()
    carry_out = CarryOut(Attempts(Misconfigured("set a key")), settlement(books))
    with pytest.raises(Misconfigured, match="set a key"):
        await carry_out(pending(replace(SPEC, essential=True)))
    assert [outcome for _, outcome in books.entries] == [Outcome.FAILED]
