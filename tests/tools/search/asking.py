"""Ask a tool whose service is played by a local server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from graph.options import Options
from graph.records import Clock, Result, Run
from graph.tool import Tool
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import HttpClient
from tools.search_results import SearchArguments

RUN = Run(id="r1", question="q", options=Options(), started=0.0)


class Service(Tool, Protocol):
    """Be a tool with an address."""

    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Hold the client and the server that plays the service."""

    client: HttpClient
    server: HTTPServer

    async def ask(
        self,
        made: Callable[..., Tool],
        query: str = "half-open breaker",
        *,
        limit: int = 5,
        language: str = "",
        under: str = "",
        key: str | None = None,
        clock: Clock = lambda: 1_000.0,
    ) -> Result:
        """Ask a tool of that class one question; `under` is a path below the server."""
        where = Endpoint(
            name="SERVICE",
            url=self.server.url_for("").rstrip("/") + under,
            key=SecretStr(key) if key else None,
            contact="research@example.org",
        )
        tool = made(self.client, where, clock=clock)
        asked = SearchArguments(query=query, limit=limit, language=language)
        return await tool.run(asked, RUN, lambda _: None)


def shown(result: Result) -> list[tuple[str, str, str, str | None]]:
    """Return title, address, text and date of every source of a result."""
    return [
        (s.source.title.reveal(), s.source.location, s.text.reveal(), s.source.published)
        for s in result.snapshots
    ]
