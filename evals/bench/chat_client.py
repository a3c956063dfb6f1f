"""Act as one person at the chat: a web socket, and the times at which events came."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import socketio

STEPS = ("new_message", "update_message")


@dataclass(slots=True, kw_only=True)
class ChatClient:
    """Ask in one conversation; `late` holds the seconds from an event of a run to its arrival here."""

    url: str
    cookie: str
    late: list[float] = field(default_factory=list)
    _client: socketio.AsyncClient = field(default_factory=lambda: socketio.AsyncClient(reconnection=False))
    _free: asyncio.Event = field(default_factory=asyncio.Event)
    _answered: bool = False
    _began: float = 0.0

    async def open(self) -> None:
        """Connect."""
        for name in STEPS:
            self._client.on(name, self._shown)
        self._client.on("task_end", self._done)
        await self._client.connect(
            self.url,
            headers={"Cookie": self.cookie},
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            auth={"clientType": "webapp", "sessionId": str(uuid.uuid4()), "userEnv": "{}", "chatProfile": ""},
        )
        await self._client.emit("connection_successful")
        await self.choose()

    async def choose(self, **settings: object) -> None:
        """Set the options of runs: no approval, and what else is given."""
        await self._client.emit("chat_settings_change", {"approval": "auto", **settings})

    async def ask(self, question: str) -> None:
        """Ask, and wait until the answer is on the screen."""
        self._free.clear()
        self._answered = False
        self._began = time.time()
        message = {
            "id": str(uuid.uuid4()),
            "name": "user",
            "type": "user_message",
            "output": question,
            "createdAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        await self._client.emit("client_message", {"message": message, "fileReferences": []})
        await self._free.wait()

    async def stop(self, question: str, under_way: asyncio.Event) -> float:
        """Ask, press Stop once a call runs, and return the seconds until the report is on the screen."""
        under_way.clear()
        asking = asyncio.create_task(self.ask(question))
        await under_way.wait()
        pressed = time.monotonic()
        await self._client.emit("stop")
        await asking
        return time.monotonic() - pressed

    async def close(self) -> None:
        """Go away."""
        await self._client.disconnect()

    async def _shown(self, step: Mapping[str, Any]) -> None:
        now, heard = time.time(), (step.get("metadata") or {}).get("heard")
        self._answered = self._answered or (step.get("output") or "").startswith("# ")
        if isinstance(heard, int | float) and heard >= self._began:
            self.late.append(now - heard)

    async def _done(self, *_: object) -> None:
        if self._answered:  # the end of a handler may be told twice, the second time after the next question
            self._free.set()
