"""Ask the routes of the history, before all of Chainlit's."""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import TYPE_CHECKING

import chainlit as cl
from chainlit.auth import create_jwt
from chainlit.server import app as chainlit_app
from fastapi import FastAPI

from tests.fakes.chainlit_home import browse
from tests.ui.chat.history.given import step
from ui.chat.chainlit.error_handlers import add_error_handlers
from ui.chat.history import element_route, feedback_route

if TYPE_CHECKING:
    import httpx

    from ui.chat.history.data_layer import ChatDataLayer


def app() -> FastAPI:
    """Return our routes before all of Chainlit's, of which one answers to any address."""
    whole = FastAPI()
    add_error_handlers(whole)
    add_error_handlers(chainlit_app)
    whole.include_router(element_route.router)
    whole.include_router(feedback_route.router)
    whole.router.routes.extend(chainlit_app.router.routes)
    return whole


def ticket(identifier: str) -> dict[str, str]:
    """Return the cookie of a person who logged in."""
    return {"Cookie": f"access_token={create_jwt(cl.User(identifier=identifier))}"}


async def ask(
    client: httpx.AsyncClient, who: str | None, path: str, method: str = "GET", body: object = None
) -> httpx.Response:
    """Send a request as a server gets one: in a context that knows nothing of this test's sessions."""
    request = client.request(method, path, json=body, headers=ticket(who) if who else None)
    return await asyncio.get_running_loop().create_task(request, context=Context())


async def put(history: ChatDataLayer, mime: str, name: str = "a file", content: bytes = b"<b>") -> str:
    """Put an element into a thread of ada's, and return the address it is shown by."""
    browse(await history.create_user(cl.User(identifier="ada")), "t")
    await history.create_step(step("t", type="user_message"))
    element = cl.File(thread_id="t", id="e", name=name, content=content, mime=mime, for_id=step("t")["id"])
    await history.create_element(element)
    shown = await history.get_element("t", "e")
    assert shown is not None
    return str(shown["url"])
