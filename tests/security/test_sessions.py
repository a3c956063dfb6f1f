"""A browser, or a token, that was let in and shall be no more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio.exceptions

from graph.errors import Refused
from tests.browser.server import PASSWORD, ChatServer
from tests.fakes.databases import ENGINES, location, word
from tests.security.page import PATIENCE, Page, stranger
from ui.server.web.listener_access import while_welcome

pytestmark = pytest.mark.timeout(300)

OTHER = "another odd password of ours"


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[ChatServer]:
    """Serve the chat to ann and bob, with the database on SQLite unless a test names the other engine."""
    with location(getattr(request, "param", "sqlite"), tmp_path) as place:
        url = "" if isinstance(place, Path) else word(place)
        made = ChatServer(home=tmp_path, more={"ATTEST_DATABASE_URL": url})
        for name in ("ann", "bob"):
            made.account(name)
        made.start()
        yield made
        made.stop()


async def over(page: Page) -> None:
    """Wait until the server closes the socket of a page, and see that its cookies open nothing any more."""
    async with asyncio.timeout(PATIENCE):
        await page.ended.wait()
    assert "reload" in page.heard  # the page loads anew, and shows the login
    assert (await page.get("/user")).status_code == 401
    assert (await page.get("/api/runs")).status_code == 401
    again = Page(server=page.server, client=page.client)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await again.connect()


@pytest.mark.parametrize("server", ENGINES, indirect=True)
async def test_a_change_of_an_account_closes_every_socket_of_it(server: ChatServer) -> None:
    """Logout, another password, another role and removal, by a command, end both browsers; bob stays in."""
    bob = await Page.opened(server, "bob")
    token = server.attest("users", "token", "ann").strip()
    changes: tuple[tuple[tuple[str, ...], str, str], ...] = (
        (("logout", "ann"), "", PASSWORD),
        (("passwd", "ann", "--password-stdin"), f"{OTHER}\n", OTHER),
        (("role", "ann", "viewer"), "", OTHER),
        (("remove", "ann"), "", ""),
    )
    password = PASSWORD
    for words, stdin, following in changes:
        assert await opens(server, token)
        pages = [await Page.opened(server, "ann", password) for _ in range(2)]
        await asyncio.to_thread(server.attest, "users", *words, stdin=stdin)
        for page in pages:
            await over(page)
            await page.close()
        password = following
    assert not await opens(server, token)
    assert not bob.ended.is_set()
    assert await bob.runs() == []
    await bob.close()


async def opens(server: ChatServer, token: str) -> bool:
    """Tell whether a bearer token opens the API."""
    async with stranger(server) as client:
        reply = await client.get("/api/runs", headers={"Authorization": f"Bearer {token}"})
    return reply.status_code == 200


async def test_logging_out_ends_the_session_here_too(server: ChatServer) -> None:
    """A copy of the cookie opens nothing after its person logged out, and their other browser goes on."""
    ann, elsewhere = await Page.opened(server, "ann"), await Page.opened(server, "ann")
    copy = ann.cookies()
    reply = await ann.client.post("/logout")
    assert reply.json() == {"success": True}
    async with asyncio.timeout(PATIENCE):
        await ann.ended.wait()
    async with stranger(server) as thief:
        assert (await thief.get("/user", headers={"Cookie": copy})).status_code == 401
    assert (await elsewhere.get("/user")).json()["display_name"] == "ann"
    assert not elsewhere.ended.is_set()
    assert (await ann.client.post("/logout")).status_code == 200
    await ann.close()
    await elsewhere.close()


async def test_a_session_lives_through_a_restart_and_ends_while_the_server_is_down(
    server: ChatServer,
) -> None:
    """Sessions are kept in the database: a kill ends none, and a command needs no server to end them."""
    ann, bob = await Page.opened(server, "ann"), await Page.opened(server, "bob")
    server.kill()
    server.attest("users", "logout", "ann")
    server.start()
    assert (await ann.get("/user")).status_code == 401
    assert (await bob.get("/user")).json()["display_name"] == "bob"
    await ann.close()
    await bob.close()


async def test_who_tries_too_often_is_told_to_wait_and_a_known_browser_is_not(server: ChatServer) -> None:
    """Ten wrong passwords from elsewhere: a stranger gets 429 with the seconds; ann's browser comes in."""
    again(server, ATTEST_LOGIN_RATE="5/minute", ATTEST_TRUSTED_PROXIES="127.0.0.1")
    first = await tried(server, "192.0.2.1", PASSWORD)
    device = {"Cookie": f"attest_device={first.cookies['attest_device']}"}
    replies = [await tried(server, f"198.51.100.{host}", "wrong") for host in range(10)]
    assert [reply.status_code for reply in replies] == [401] * 4 + [429] * 6
    assert "wait " in replies[-1].json()["detail"]
    assert 0 < int(replies[-1].headers["retry-after"]) <= 60
    assert (await tried(server, "192.0.2.1", PASSWORD)).status_code == 200
    assert (await tried(server, "203.0.113.5", PASSWORD, headers=device)).status_code == 200
    assert (await tried(server, "203.0.113.6", PASSWORD)).status_code == 429


async def test_headers_of_a_proxy_nobody_named_count_for_nothing(server: ChatServer) -> None:
    """Without ATTEST_TRUSTED_PROXIES another X-Forwarded-For is no other caller, and no other machine.

    The server that Chainlit starts would believe it from the loopback address.
    """
    again(server, ATTEST_LOGIN_RATE="5/minute")
    replies = [await tried(server, f"198.51.100.{host}", "wrong", name=f"user{host}") for host in range(6)]
    assert [reply.status_code for reply in replies] == [401] * 5 + [429]
    async with stranger(server) as client:
        assert (await client.get("/metrics")).status_code == 200
        for header in ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via", "Forwarded"):
            reply = await client.get("/metrics", headers={header: "127.0.0.1"})
            assert reply.status_code == 401, header


def again(server: ChatServer, **more: str) -> None:
    """Start the server anew, with other settings."""
    server.kill()
    server.more = {**server.more, **more}
    server.start()


async def tried(
    server: ChatServer,
    address: str,
    password: str,
    name: str = "ann",
    **given: Any,  # noqa: ANN401  # as httpx
) -> httpx.Response:
    """Try to log in from an address, as a proxy tells it."""
    async with stranger(server) as client:
        client.headers["X-Forwarded-For"] = address
        return await client.post("/login", data={"username": name, "password": password}, **given)


@pytest.mark.parametrize("ending", ["revoke", "remove"])
async def test_a_listener_hears_no_more_when_its_token_ends(server: ChatServer, ending: str) -> None:
    """The stream of a run ends with a problem within seconds after the token was revoked, or went."""
    token = server.attest("users", "token", "ann").strip()
    named: dict[str, Any] = json.loads(server.attest("users", "list", "--json"))[0]
    words = ("remove", "ann") if ending == "remove" else ("revoke", "ann", named["tokens"][0]["id"])
    headers = {"Authorization": f"Bearer {token}"}
    async with stranger(server) as client:
        asked = {"question": "What opens a circuit breaker?", "options": {"approve": "ask"}}
        run = (await client.post("/api/runs", json=asked, headers=headers)).json()["run_id"]
        async with client.stream("GET", f"/api/runs/{run}/events", headers=headers) as reply:
            assert reply.status_code == 200
            await asyncio.to_thread(server.attest, "users", *words)
            assert (await client.get(f"/api/runs/{run}", headers=headers)).status_code == 401
            async with asyncio.timeout(PATIENCE):
                await reply.aread()


async def test_a_stream_ends_when_its_listener_is_not_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before is heard; then, though nothing more comes, the stream ends with the reason."""
    monkeypatch.setattr("ui.server.web.listener_access.LOOK_SECONDS", 0.01)
    welcome, silent, listened = [True], asyncio.Event(), list[int]()

    async def heard() -> AsyncIterator[int]:
        yield 1
        yield 2
        welcome[0] = False
        await silent.wait()

    async def is_welcome() -> bool:
        return welcome[0]

    with pytest.raises(Refused, match="log in again"):
        await listen(while_welcome(heard(), is_welcome), listened)
    assert listened == [1, 2]


async def test_a_stream_that_ends_by_itself_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is welcome hears all, however long it takes, and what was raised."""
    monkeypatch.setattr("ui.server.web.listener_access.LOOK_SECONDS", 0.0)
    asked, listened = list[bool](), list[int]()

    async def heard() -> AsyncIterator[int]:
        for each in range(3):
            await asyncio.sleep(0)
            yield each
        raise LookupError

    async def is_welcome() -> bool:
        asked.append(True)
        return True

    with pytest.raises(LookupError):
        await listen(while_welcome(heard(), is_welcome), listened)
    assert listened == [0, 1, 2]
    assert asked


async def listen(stream: AsyncIterator[int], listened: list[int]) -> None:
    async for each in stream:
        listened.append(each)  # noqa: PERF401  # what was heard counts also when the stream breaks off
