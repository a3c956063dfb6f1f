"""Play web servers on the loopback address, and the look-up of their names."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from graph.options import Options
from graph.records import Result, Run
from tools.documents.parser import Parser
from tools.page.page import Page, PageArguments

RUN = Run(id="r1", question="q", options=Options(), started=0.0)
NOW = 1_780_000_000.0
LOOPBACK = "127.0.0.1"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Names:
    """Answer look-ups from a script, the last answer again and again, and remember them."""

    answers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        script = self.answers.get(host, [[LOOPBACK]])
        answer = script[min(self.asked.count(host), len(script) - 1)]
        self.asked.append(host)
        return answer


@dataclass(slots=True, kw_only=True)
class Desk:
    """Hold a page tool, the names it looks up and the clock it reads."""

    page: Page
    names: Names
    clock: list[float]

    async def ask(self, url: str, query: str = "", limit: int = 12) -> Result:
        return await self.page.run(PageArguments(url=url, query=query, limit=limit), RUN, lambda _: None)


@asynccontextmanager
async def desk(
    private_hosts: Collection[str] = (LOOPBACK, "localhost"),
    names: Names | None = None,
    parser: Parser | None = None,
) -> AsyncIterator[Desk]:
    """Open a page tool for which the loopback address is a private host that the operator opened."""
    names, clock = names or Names(), [NOW]
    reader = parser or Parser()
    page = Page(
        parser=reader,
        clock=lambda: clock[0],
        private_hosts=private_hosts,
        contact="research@example.org",
        resolve=names,
    )
    try:
        yield Desk(page=page, names=names, clock=clock)
    finally:
        await page.close()
        if parser is None:
            reader.close()


@asynccontextmanager
async def raw(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve bytes as a test writes them; yield the port, and leave no connection behind."""
    serving: set[asyncio.Task[None] | None] = set()

    async def held(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError):
            try:
                await serve(reader, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    server = await asyncio.start_server(held, LOOPBACK, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in serving:
            if task is not None:
                task.cancel()
        await asyncio.gather(*filter(None, serving), return_exceptions=True)


def saying(head: str, body: bytes = b"") -> Serve:
    """Answer 404 for robots.txt, and anything else with these bytes; then hang up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if asked.startswith(b"GET /robots.txt "):
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        else:
            writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return serve
