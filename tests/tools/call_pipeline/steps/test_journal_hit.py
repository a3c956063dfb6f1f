from __future__ import annotations

from graph.records import Outcome
from tests.tools.call_pipeline.steps.stepping import Books, Rest, pending
from tools.call_pipeline.steps.journal_hit import JournalHit


async def test_a_call_in_the_journal_is_replayed() -> None:
    """The run gets the call as it ended before; no later step is reached, and nothing is written down."""
    books, rest, call = Books(), Rest(), pending()
    books.journal[call.key] = before = call.ended(Outcome.DONE, 1.5)
    assert await JournalHit(books)(call, rest) is before
    assert (rest.proceeded, books.entries) == ([], [])


async def test_a_new_call_proceeds() -> None:
    """A call that the run did not make before goes on."""
    rest = Rest()
    await JournalHit(Books())(pending(), rest)
    assert len(rest.proceeded) == 1
