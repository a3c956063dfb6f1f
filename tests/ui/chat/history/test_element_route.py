"""The bytes of an element go to the person whose thread it is in, and act on nobody."""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import TYPE_CHECKING, Any

import chainlit as cl
import httpx
import pytest
from chainlit.auth import create_jwt
from chainlit.config import config
from chainlit.server import app as chainlit_app
from fastapi import FastAPI

from tests.fakes.chainlit_home import browse, use
from tests.ui.chat.history.given import step
from ui.chat.chainlit.error_handlers import add_error_handlers
from ui.chat.history.element_route import router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from ui.chat.history.data_layer import ChatDataLayer


def app() -> FastAPI:
    """Return our route before all of Chainlit's, of which one answers to any address."""
    whole = FastAPI()
    add_error_handlers(whole)
    add_error_handlers(chainlit_app)
    whole.include_router(router)
    whole.router.routes.extend(chainlit_app.router.routes)
    return whole


@pytest.fixture
async def client(history: ChatDataLayer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    use(history, monkeypatch)
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "s" * 64)
    monkeypatch.setattr(config.code, "password_auth_callback", lambda *_: None)
    transport = httpx.ASGITransport(app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


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


async def test_the_owner_gets_the_bytes_and_nobody_else_learns_of_them(
    history: ChatDataLayer, client: httpx.AsyncClient
) -> None:
    """Another person gets the answer of a file that does not exist; without a login there is none at all."""
    url = await put(history, "image/png", content=b"\x89PNG")
    owner = await ask(client, "ada", url)
    assert (owner.status_code, owner.content) == (200, b"\x89PNG")
    other = await ask(client, "bob", url)
    missing = await ask(client, "ada", f"{url}x")
    assert (other.status_code, other.content) == (missing.status_code, missing.content)
    assert other.status_code == 404
    assert (await ask(client, None, url)).status_code == 401


@pytest.mark.parametrize(
    ("mime", "served", "way"),
    [
        ("image/png", "image/png", "inline"),
        ("application/pdf", "application/pdf", "inline"),
        ("text/plain; charset=x", "text/plain; charset=utf-8", "inline"),
        ("image/svg+xml", "image/svg+xml", "attachment"),
        ("text/html", "text/html; charset=utf-8", "attachment"),
        ("application/xhtml+xml", "application/xhtml+xml", "attachment"),
        ("IMAGE/SVG+XML", "image/svg+xml", "attachment"),
        ("nonsense\r\nX-Evil: 1", "application/octet-stream", "attachment"),
        ("", "application/octet-stream", "attachment"),
    ],
)
async def test_a_file_cannot_act_as_this_site(
    history: ChatDataLayer, client: httpx.AsyncClient, mime: str, served: str, way: str
) -> None:
    """Only types that hold no script are shown; all are sandboxed, keep their type and stay private."""
    url = await put(history, mime, name='e"vil\r\nä.txt')
    answer = await ask(client, "ada", url)
    headers = answer.headers
    assert headers["content-type"] == served
    assert headers["content-disposition"] == f"{way}; filename*=utf-8''e%22vil%0D%0A%C3%A4.txt"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"].startswith("private")
    assert "x-evil" not in headers


async def test_chainlits_routes_show_a_thread_to_its_author_alone(
    history: ChatDataLayer, client: httpx.AsyncClient
) -> None:
    """Thread, element, name and removal of a thread are refused to another person, and change nothing."""
    await put(history, "text/plain")
    attempts: list[tuple[str, str, Any]] = [
        ("GET", "/project/thread/t", None),
        ("GET", "/project/thread/t/element/e", None),
        ("GET", "/project/share/t", None),
        ("PUT", "/project/thread", {"threadId": "t", "name": "taken"}),
        ("PUT", "/project/thread/share", {"threadId": "t", "isShared": True}),
        ("DELETE", "/project/thread", {"threadId": "t"}),
    ]
    for method, path, body in attempts:
        answer = await ask(client, "bob", path, method, body)
        assert answer.status_code in {401, 404}, path
    mine = await ask(client, "ada", "/project/thread/t")
    assert mine.json()["name"] == "answer 0"
    listing = {"pagination": {"first": 5}, "filter": {}}
    pages = [await ask(client, who, "/project/threads", "POST", listing) for who in ("ada", "bob")]
    assert [[thread["id"] for thread in page.json()["data"]] for page in pages] == [["t"], []]


async def test_feedback_is_the_authors(history: ChatDataLayer, client: httpx.AsyncClient) -> None:
    """Chainlit's routes for feedback check nobody: the layer under them does, and says so in words."""
    await put(history, "text/plain")
    rated = {"feedback": {"forId": step("t")["id"], "value": 1}, "sessionId": "none"}
    refused = await ask(client, "bob", "/feedback", "PUT", rated)
    assert (refused.status_code, refused.json()["detail"].split(":")[0]) == (
        409,
        f"there is no step {step('t')['id']} of yours",
    )
    good = await ask(client, "ada", "/feedback", "PUT", rated)
    assert good.status_code == 200
    gone = {"feedbackId": good.json()["feedbackId"]}
    refused = await ask(client, "bob", "/feedback", "DELETE", gone)
    assert refused.status_code == 409
    assert refused.json()["detail"] == f"there is no rating {gone['feedbackId']} of yours: reload the page"
    thread = await history.get_thread("t")
    assert thread is not None
    assert thread["steps"][0]["feedback"] is not None
    await ask(client, "ada", "/feedback", "DELETE", gone)
    thread = await history.get_thread("t")
    assert thread is not None
    assert "feedback" not in thread["steps"][0]


async def test_a_rating_of_another_is_not_taken(history: ChatDataLayer, client: httpx.AsyncClient) -> None:
    """A rating under the id of another step's is refused in words, and that one stays as it was."""
    await put(history, "text/plain")
    mine = {"feedback": {"forId": step("t")["id"], "value": 1}, "sessionId": "none"}
    given = (await ask(client, "ada", "/feedback", "PUT", mine)).json()["feedbackId"]
    bob = await history.create_user(cl.User(identifier="bob"))
    browse(bob, "b")
    await history.create_step(step("b"))
    stolen = {"feedback": {"id": given, "forId": step("b")["id"], "value": 0}, "sessionId": "none"}
    refused = await ask(client, "bob", "/feedback", "PUT", stolen)
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith(f"there is no rating {given} of this step: ")
    thread = await history.get_thread("t")
    assert thread is not None
    assert dict(thread["steps"][0]["feedback"] or {})["value"] == 1
