from __future__ import annotations

from graph.costs import Tokens
from graph.errors import Unusable
from graph.records import Outcome, Result
from tests.fakes.tools import snapshot
from tests.tools.call_pipeline.steps.stepping import CACHEABLE, SPEC, Books, pending, settlement

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
