"""Be the page of one person at a real server of the chat: requests with its cookies, and its socket."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import socketio
from socketio.exceptions import ConnectionError as NotLetIn

from tests.browser.server import PASSWORD, ChatServer

PATIENCE = 100.0
PAUSE = 0.1


@dataclass(kw_only=True)
class Page:
    """Hold a login and its socket; `ended` is set when the server closes that."""

    server: ChatServer
    client: httpx.AsyncClient
    session: str = field(default_factory=lambda: str(uuid.uuid4()))
    files: list[dict[str, str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    socket: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))

    @classmethod
    async def opened(cls, server: ChatServer, name: str, password: str = PASSWORD) -> Page:
        """Log in and connect, as the page does."""
        page = cls(server=server, client=stranger(server))
        reply = await page.client.post("/login", data={"username": name, "password": password})
        assert reply.status_code == 200, reply.text
        await page.connect()
        return page

    async def connect(self) -> None:
        """Open the socket; raises what refuses it."""
        try:
            await self._open()
        except NotLetIn:
            await self.socket.eio.http.close()
            raise

    async def _open(self) -> None:
        self.socket.on("*", lambda event, *_: self.heard.append(event))
        self.socket.on("disconnect", lambda *_: self.ended.set())
        await self.socket.connect(
            self.server.url,
            headers={"Cookie": self.cookies(), "Origin": self.server.url},
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            auth={"clientType": "webapp", "sessionId": self.session, "userEnv": "{}", "chatProfile": ""},
        )
        await self.socket.emit("connection_successful")
        await self.socket.emit("chat_settings_change", {"approval": "auto"})

    def cookies(self) -> str:
        """Return the cookies as a header."""
        return "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())

    async def get(self, path: str) -> httpx.Response:
        """Ask for something."""
        return await self.client.get(path)

    async def attach(self, name: str, text: str) -> None:
        """Attach a file to the next message."""
        reply = await self.client.post(
            "/project/file",
            params={"session_id": self.session},
            files={"file": (name, text.encode(), "text/markdown")},
        )
        assert reply.status_code == 200, reply.text
        self.files.append({"id": reply.json()["id"]})

    async def say(self, text: str) -> None:
        """Send a message."""
        message = {
            "id": str(uuid.uuid4()),
            "name": "user",
            "type": "user_message",
            "output": text,
            "createdAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        await self.socket.emit("client_message", {"message": message, "fileReferences": self.files})
        self.files = []

    async def ask(self, question: str) -> str:
        """Ask, wait until the run has ended, and return its id."""
        known = {run["run_id"] for run in await self.runs()}
        await self.say(question)
        async with asyncio.timeout(PATIENCE):
            while True:
                new = [run for run in await self.runs() if run["run_id"] not in known]
                if new and new[0]["status"] not in {"running", "waiting"} and not new[0]["under_way"]:
                    return str(new[0]["run_id"])
                await asyncio.sleep(PAUSE)

    async def runs(self) -> list[dict[str, Any]]:
        """Return the runs that the API lists for this login."""
        found: list[dict[str, Any]] = (await self.get("/api/runs")).json()["runs"]
        return found

    async def threads(self) -> list[str]:
        """Return the conversations of this login."""
        asked = {"pagination": {"first": 20}, "filter": {}}
        reply = await self.client.post("/project/threads", json=asked)
        return [thread["id"] for thread in reply.json()["data"]]

    async def thread(self) -> str:
        """Return the only conversation."""
        (found,) = await self.threads()
        return found

    async def close(self) -> None:
        """Go away."""
        await self.socket.disconnect()
        await self.client.aclose()


def stranger(server: ChatServer) -> httpx.AsyncClient:
    """Return a browser in which nobody is logged in, on a page of the server."""
    return httpx.AsyncClient(
        base_url=server.url, headers={"Origin": server.url}, trust_env=False, timeout=PATIENCE
    )
