"""Serve the chat to people who may not trust each other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.browser.server import ChatServer
from tests.fakes.chainlit_home import bring_in
from tests.security.visitor import Enter, Visitor

bring_in()

PEOPLE = {"ann": "analyst", "bob": "analyst", "vic": "viewer", "ada": "admin"}


def serving(home: Path, people: tuple[str, ...] = tuple(PEOPLE), **more: str) -> Iterator[ChatServer]:
    """Serve the chat with a home of its own; `more` are settings."""
    server = ChatServer(home=home, more={"ATTEST_MESSAGE_RATE": "10000/minute", **more})
    for name in people:
        server.account(name, PEOPLE[name])
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatServer]:
    """Serve them all, with limits that no test reaches by itself."""
    yield from serving(tmp_path_factory.mktemp("server"))


@pytest.fixture
async def enter() -> AsyncIterator[Enter]:
    """Let people come to a server, logged in as their page is; they leave with the test."""
    async with AsyncExitStack() as stack:

        async def entered(server: ChatServer, name: str = "ann") -> Visitor:
            return await stack.enter_async_context(Visitor(url=server.url, name=name))

        yield entered
