"""The bytes of an element go to the person whose thread it is in, and act on nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.ui.chat.history.routes import ask, put

if TYPE_CHECKING:
    from ui.chat.history.data_layer import ChatDataLayer


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
