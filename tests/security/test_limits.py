"""One account has a part of a server, and no more of it than the operator says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.events import Event
from tests.browser.server import ChatServer
from tests.security.conftest import serving
from tests.security.visitor import PATIENCE, Enter, message
from tests.ui.server.web.house import house
from ui.server.background_runs import BackgroundRuns
from ui.server.security.concurrency_limit import ConcurrencyLimit, TooManyAtOnce

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve with limits that are reached at once."""
    limits = {"ATTEST_SOCKETS_AT_ONCE": "2", "ATTEST_MESSAGE_RATE": "6/hour"}
    yield from serving(tmp_path_factory.mktemp("small"), ("ann", "bob", "vic"), **limits)


async def test_an_account_has_so_many_sockets(small: ChatServer, enter: Enter) -> None:
    """The third is refused from whatever browser, another account's is not, and one that closes is free."""
    ann, elsewhere, bob = await enter(small, "ann"), await enter(small, "ann"), await enter(small, "bob")
    first = await ann.connect()
    await elsewhere.connect()
    assert not await ann.is_let_in()
    reply = await ann.http.get("/ws/socket.io/", params={"EIO": "4", "transport": "polling"})
    assert reply.json() == "you have 2 pages of the chat open already: close one first"
    assert await bob.is_let_in()
    await first.client.disconnect()
    async with asyncio.timeout(PATIENCE):
        while not await ann.is_let_in():  # noqa: ASYNC110  # the server sets no event here
            await asyncio.sleep(0.05)


async def test_an_account_sends_so_many_messages(small: ChatServer, enter: Enter) -> None:
    """Beyond the rate each event is refused with how long to wait, in every page of the account."""
    vic = await enter(small, "vic")
    socket = await vic.connect()
    answers = [await socket.ask("client_message", message("?", type="none")) for _ in range(8)]
    assert "more than 6 messages" in answers[-1]["refused"]
    assert "wait" in answers[-1]["refused"]
    assert not await vic.is_let_in()


async def test_an_account_has_so_many_listeners(tmp_path: Path) -> None:
    """One too many is a 429 before anything is sent; another account listens on."""
    async with house(tmp_path, listeners=1) as opened:
        mine, other = await opened.started("ann", approve="ask"), await opened.started("bob")
        await opened.ended(other)
        context = opened.context
        with context.listeners.held(await opened.id_of("ann")):
            reply = await opened.caller("ann").get(f"/api/runs/{mine}/events")
            assert reply.status_code == 429
            assert reply.json()["detail"] == "you have 1 listeners to events already: close one first"
            assert (await opened.caller("bob").get(f"/api/runs/{other}/events")).status_code == 200
        await opened.ended(mine)
        assert (await opened.caller("ann").get(f"/api/runs/{mine}/events")).status_code == 200


async def test_an_account_has_so_many_runs_in_the_line() -> None:
    """While they wait one more is refused, and has not begun; another account stands in line."""
    turn = asyncio.Event()

    async def enter() -> None:
        await turn.wait()

    live = BackgroundRuns(lambda: "x", lambda: 0.0, enter, ConcurrencyLimit(2, "runs that wait"))

    async def events() -> AsyncIterator[Event]:
        none: tuple[Event, ...] = ()
        for nothing in none:
            yield nothing

    waiting = [asyncio.create_task(live.begin(f"a{n}", events(), asker="ann")) for n in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyAtOnce, match="you have 2 runs that wait"):
        await live.begin("a2", events(), asker="ann")
    assert live.find("a2") is None
    waiting.append(asyncio.create_task(live.begin("b", events(), asker="bob")))
    turn.set()
    await asyncio.gather(*waiting)
    await live.begin("a2", events(), asker="ann")


async def test_the_line_is_told_over_http(tmp_path: Path) -> None:
    """A run too many is a 429 with the way out."""
    async with house(tmp_path, runs_waiting=1) as opened:
        waiting = opened.served.runs._waiting
        assert waiting is not None
        with waiting.held(await opened.id_of("ann")):
            reply = await opened.caller("ann").post("/api/runs", json={"question": "when did alpha open?"})
        assert reply.status_code == 429
        assert "ask again in a moment" in reply.json()["detail"]


@pytest.mark.parametrize(
    "name", ["ATTEST_SOCKETS_AT_ONCE", "ATTEST_LISTENERS_AT_ONCE", "ATTEST_RUNS_WAITING"]
)
@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "٣", "9" * 5_000])
def test_a_limit_that_is_none_is_said(name: str, value: str) -> None:
    """What is no whole number from 1 ends the start, with the name of the setting."""
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment({name: value})
