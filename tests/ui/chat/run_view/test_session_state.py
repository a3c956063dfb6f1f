"""What one session shows."""

from __future__ import annotations

import asyncio

from ui.chat.run_view.session_state import SessionState


async def test_only_runs_that_are_still_shown_are_listed() -> None:
    """A run whose view has ended is shown no more."""
    forever = asyncio.Event()
    state = SessionState()
    state.views["open"] = asyncio.create_task(_wait(forever))
    state.views["ended"] = asyncio.create_task(asyncio.sleep(0))
    await state.views["ended"]
    assert state.shown_runs() == ("open",)
    state.detach()


async def test_a_session_that_detaches_cancels_its_views_and_waits() -> None:
    """Nothing is sent to a page that was cut off, until a run is shown again."""
    forever = asyncio.Event()
    view, wait = (asyncio.create_task(_wait(forever)) for _ in range(2))
    state = SessionState(views={"r": view}, waits={"s": wait})
    state.detach()
    await asyncio.gather(view, wait, return_exceptions=True)
    assert (view.cancelled(), wait.cancelled()) == (True, True)
    assert (state.shown_runs(), state.waits) == ((), {})


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
