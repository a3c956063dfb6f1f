"""Ask whatever listens on a port of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import BaseModel, SecretStr

from tools.net.endpoint import Endpoint
from tools.net.http_client import HttpClient, Request

NOW = 1_792_000_000.0  # 2026-10-14T17:46:40Z


class Answer(BaseModel):
    """Be the shape of an answer."""

    words: list[str]


def place(url: str, *, key: str | None = None, contact: str = "") -> Endpoint:
    """Return a service at an address."""
    return Endpoint(name="SERVICE", url=url, key=SecretStr(key) if key else None, contact=contact)


async def asked(where: Endpoint, request: Request | None = None) -> Answer:
    """Ask once, with a client of its own."""
    client = HttpClient(clock=lambda: NOW)
    try:
        return await client.read(where, request or Request(), Answer)
    finally:
        await client.close()


@asynccontextmanager
async def saying(*pieces: bytes, then_reset: bool = False) -> AsyncIterator[str]:
    """Serve these bytes to whoever connects, then close, or cut the connection; yields the address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if then_reset:
            writer.transport.abort()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
