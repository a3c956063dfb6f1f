from __future__ import annotations

from graph.records import Outcome
from tests.tools.call_pipeline.steps.stepping import CACHEABLE, SPEC, Books, Rest, pending, settlement
from tools.call_pipeline.steps.cache_hit import CacheHit


async def test_the_cache_serves_a_call_at_no_cost() -> None:
    """The call is written down as done, with the cost and the attempts of this run: none."""
    books, rest, call = Books(), Rest(), pending(CACHEABLE)
    earlier = pending(CACHEABLE, id="t9")
    earlier.attempts, earlier.owed = 2, 30
    books.cached[call.key] = earlier.ended(Outcome.DONE, 0.5)
    ended = await CacheHit(books, settlement(books), lambda: 2.0)(call, rest)
    assert (ended.task, ended.cost, ended.attempts, ended.started, ended.ended) == ("t1", 0, 0, 1.0, 2.0)
    assert (rest.proceeded, books.entries) == ([], [(call.key, Outcome.DONE)])


async def test_a_tool_that_is_not_deterministic_is_never_served_from_the_cache() -> None:
    """What lies in the cache under its key does not count."""
    books, rest, call = Books(), Rest(), pending(SPEC)
    books.cached[call.key] = call.ended(Outcome.DONE, 0.5)
    await CacheHit(books, settlement(books), lambda: 2.0)(call, rest)
    assert rest.proceeded == [call]
