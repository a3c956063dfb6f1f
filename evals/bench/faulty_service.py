"""Serve a faulty service on the loopback address, with a tool that asks it."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import BaseModel

from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import ToolSpec
from tools.net.endpoint import Endpoint
from tools.net.http_client import HttpClient, Request
from tools.search_results import FoundItem, SearchArguments, search_arguments, sources_of

FAULTS = ("timeout", "500", "reset", "garbage")
_SECONDS = 0.02
_SEED = 20261120


@dataclass(slots=True)
class Faulty:
    """Answer each request, a `share` of them with one of the faults in equal parts; count what came."""

    share: float
    asked: int = 0
    url: str = ""
    _chance: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311 - draws faults, guards nothing

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            await self._respond(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _respond(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._chance.choice(FAULTS) if self._chance.random() < self.share else ""
        if fault == "timeout":
            await reader.read()  # until whoever asked gives up
        elif fault == "reset":
            writer.transport.abort()
        elif fault:
            writer.write(_reply("500 Internal Server Error" if fault == "500" else "200 OK", b"\x00<oops"))
        else:
            await asyncio.sleep(_SECONDS)
            body = json.dumps({"text": f"Answer number {self.asked} about the breaker of the service."})
            writer.write(_reply("200 OK", body.encode()))


@asynccontextmanager
async def serving(share: float) -> AsyncIterator[Faulty]:
    """Serve until left; connections still open then are closed."""
    faulty = Faulty(share)
    server = await asyncio.start_server(faulty.answer, "127.0.0.1", 0)
    faulty.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield faulty
    finally:
        server.close()


def _reply(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


class _Answer(BaseModel):
    text: str


class FaultyTool:
    """Ask the service, as the search tools do."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="asking",
        version="1",
        purpose="ask a service that may fail",
        arguments=SearchArguments,
        timeout=1.0,
        patience=10.0,
        at_once=64,
    )

    def __init__(self, client: HttpClient, url: str, clock: Clock) -> None:
        self._client = client
        self._endpoint = Endpoint(name="ASKING", url=url)
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002 - a tool takes what its protocol gives
        """Return what it answered as a source."""
        query = search_arguments(arguments).query
        answer = await self._client.read(self._endpoint, Request(path="/", params={"q": query}), _Answer)
        item = FoundItem(
            title=query, url=f"https://service.example/{query.replace(' ', '-')}", text=answer.text
        )
        return sources_of(query, [item], self._clock())
