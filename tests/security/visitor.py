"""A person at the chat, as their page speaks to the server, or as nobody's page would."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
import httpx
import socketio
from socketio.exceptions import ConnectionError as NotLetIn

from tests.browser.server import PASSWORD

PATIENCE = 100.0
PATH = "/ws/socket.io"


def opening(**changed: object) -> dict[str, object]:
    """Return what the page says when its socket connects."""
    said = {
        "sessionId": str(uuid.uuid4()),
        "clientType": "webapp",
        "userEnv": "{}",
        "chatProfile": "",
        "threadId": "",
    }
    return {**said, **changed}


def message(text: str, **changed: object) -> dict[str, Any]:
    """Return what the page sends of a message."""
    said = {
        "id": str(uuid.uuid4()),
        "threadId": "",
        "name": "ann",
        "type": "user_message",
        "output": text,
        "createdAt": "2026-01-01T00:00:00.000Z",
        "metadata": {"location": "/"},
        **changed,
    }
    return {"message": said, "fileReferences": []}


@dataclass(slots=True, kw_only=True)
class Socket:
    """Hold a connection of a page; `session` is the id it was opened with, `heard` all it was sent."""

    client: socketio.AsyncClient
    session: str
    heard: list[tuple[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, event: str, *given: object) -> Any:  # noqa: ANN401  # whatever is answered
        """Send an event and return what it is answered."""
        return await self.client.call(event, given if len(given) != 1 else given[0], timeout=PATIENCE)

    async def until(self, event: str) -> Any:  # noqa: ANN401  # whatever was sent
        """Return what was sent as this event first, once it was."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for name, data in self.heard:
                    if name == event:
                        return data
                self.news.clear()
                await self.news.wait()

    async def note(self, event: str, *data: Any) -> None:  # noqa: ANN401  # as above
        """Take down what was sent."""
        self.heard.append((event, data[0] if data else None))
        self.news.set()


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Sit at the page of a server, logged in; `http` sends what the page would, with its origin."""

    url: str
    name: str
    cookie: str = ""
    http: httpx.AsyncClient = field(init=False)
    web: aiohttp.ClientSession = field(init=False)
    sockets: list[Socket] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        """Log in."""
        self.web = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.http = httpx.AsyncClient(base_url=self.url, headers={"origin": self.url}, timeout=PATIENCE)
        if self.name:
            reply = await self.http.post("/login", data={"username": self.name, "password": PASSWORD})
            assert reply.status_code == 200, reply.text
            self.cookie = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Go away."""
        for socket in self.sockets:
            await socket.client.disconnect()
        await self.web.close()
        await self.http.aclose()

    async def connect(self, auth: object = None, **headers: str) -> Socket:
        """Open a socket; raises NotLetIn where it is not let in."""
        auth = opening() if auth is None else auth
        client = socketio.AsyncClient(reconnection=False, http_session=self.web)
        session = auth.get("sessionId") if isinstance(auth, dict) else ""
        socket = Socket(client=client, session=str(session))
        client.on("*", socket.note)
        await client.connect(
            self.url,
            headers={"cookie": self.cookie, "origin": self.url, **headers},
            socketio_path=PATH,
            transports=["websocket"],
            auth=auth,
            wait_timeout=PATIENCE,
        )
        self.sockets.append(socket)
        return socket

    async def is_let_in(self, auth: object = None, **headers: str) -> bool:
        """Tell whether a socket opens."""
        try:
            await self.connect(auth, **headers)
        except NotLetIn:
            return False
        return True

    async def upload(self, session: str, content: bytes, name: str = "a.md") -> httpx.Response:
        """Send a file as the page does."""
        file = {"file": (name, content, "text/markdown")}
        return await self.http.post("/project/file", params={"session_id": session}, files=file)


Enter = Callable[..., Awaitable[Visitor]]
__all__ = ["PATH", "PATIENCE", "Enter", "NotLetIn", "Socket", "Visitor", "message", "opening"]
