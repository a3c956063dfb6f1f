"""The author of a call of the data layer."""

from __future__ import annotations

import asyncio
from contextvars import Context

import chainlit as cl

from tests.fakes.chainlit_home import browse
from ui.chat.login.call_author import author_id, remember_login, session_state


async def test_a_session_tells_its_person_and_a_route_the_login_it_looked_up() -> None:
    """Without either the application itself writes; what one task looked up is unknown to others."""

    async def outside() -> tuple[str | None, str | None, object]:
        before = author_id()
        remember_login("u-bob")
        return before, author_id(), session_state()

    def new_task() -> asyncio.Task[tuple[str | None, str | None, object]]:
        return asyncio.get_running_loop().create_task(outside(), context=Context())

    assert await new_task() == (None, "u-bob", None)
    assert await new_task() == (None, "u-bob", None)
    browse(cl.User(identifier="u-ann"))
    assert author_id() == "u-ann"
    browse(None)
    assert author_id() == ""


async def test_the_state_of_a_session_is_what_a_kill_would_lose() -> None:
    """Settings and profile are written with each message."""
    browser = browse(None)
    browser.session.chat_settings = {"budget": 2}
    state = session_state()
    assert state is not None
    assert state["chat_settings"] == {"budget": 2}
