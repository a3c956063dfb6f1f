from __future__ import annotations

from graph.caps import Cap, CapNear, Scope
from graph.events import Event, Noted
from graph.records import Outcome
from tests.tools.call_pipeline.steps.stepping import Books, Rest, pending, settlement
from tools.call_pipeline.steps.reserve import Reserve


async def test_a_call_proceeds_once_its_price_is_set_aside() -> None:
    """The next call has that much less room."""
    books, rest = Books(room=50), Rest()
    await Reserve(books, settlement(books))(pending(), rest)
    assert (books.room_left, len(rest.proceeded), books.entries) == (20, 1, [])


async def test_a_call_without_room_is_skipped() -> None:
    """No later step is reached; the books say that the call was skipped, and why."""
    books, rest, call = Books(room=29), Rest(), pending()
    ended = await Reserve(books, settlement(books))(call, rest)
    assert (ended.outcome, ended.fault, rest.proceeded) == (Outcome.SKIPPED, "Exhausted", [])
    assert books.entries == [(call.key, Outcome.SKIPPED)]


async def test_a_cap_that_is_nearly_used_up_is_announced() -> None:
    """A person learns of it at once, and the call proceeds."""
    near = CapNear(cap=Cap(scope=Scope.ALL, micros=100), used=80)
    books, rest, call = Books(near=[near]), Rest(), pending()
    heard: list[Event] = []
    call.announce = heard.append
    await Reserve(books, settlement(books))(call, rest)
    assert (heard, rest.proceeded) == ([Noted(text=str(near))], [call])
