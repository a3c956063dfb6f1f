"""The real API over the real application with a small tool, and people who may use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Request

from graph.app import open_app
from graph.config.database_address import Location
from graph.config.settings import Settings
from graph.options import Role
from graph.people.accounts import Account, Accounts
from graph.tool import Tool
from tests.fakes.app import settings, small
from tests.fakes.people import PASSWORD, known
from tests.fakes.tools import Pages
from ui.server.server_context import ServerContext, serving
from ui.server.web.api_context import ApiContext, Visitor, open_api_context
from ui.server.web.attach import attach

PEOPLE = {"ann": Role.ANALYST, "bob": Role.ANALYST, "vic": Role.VIEWER, "root": Role.ADMIN}
PAGES = {"Alpha": "alpha opened in 1971\nAnd more", "Beta": "beta opened in 1984\nAnd more"}
QUESTION = "when did alpha open? when did beta open?"


class Clock:
    """A clock that a test sets."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


async def by_cookie(request: Request) -> Account | None:
    """Believe a cookie, as the session of the chat does after it checked its signature."""
    name = request.cookies.get("who")
    return await asyncio.to_thread(request.app.state.context.accounts.find, name) if name else None


@dataclass(kw_only=True)
class House:
    """What a test needs of the served application."""

    app: FastAPI
    served: ServerContext
    context: ApiContext
    tokens: dict[str, str]
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def caller(self, name: str = "", address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        """Return who calls with the token of an account, or with none."""
        if name:
            headers["authorization"] = f"Bearer {self.tokens[name]}"
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1))
        client = httpx.AsyncClient(transport=transport, base_url="http://attest.test", headers=headers)
        self.clients.append(client)
        return client

    async def id_of(self, name: str) -> str:
        """Return the id of the account of a name."""
        account = await asyncio.to_thread(self.context.accounts.find, name)
        assert account
        return account.id

    async def started(self, name: str = "ann", question: str = QUESTION, **options: Any) -> str:  # noqa: ANN401
        """Start a run and return its id."""
        body = {"question": question, "options": options}
        reply = await self.caller(name).post("/api/runs", json=body)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["run_id"])

    async def ended(self, run_id: str) -> None:
        """Wait until nobody works on a run any more."""
        carried = self.served.runs.find(run_id)
        assert carried
        async for _ in carried.follow():
            pass


def people(where: Location) -> dict[str, str]:
    """Make an account and a token for each of the people; return the tokens by name."""
    with known(where) as there:
        return peopled(there.accounts)


def peopled(accounts: Accounts) -> dict[str, str]:
    """Do the same in accounts that are open."""
    for name, role in PEOPLE.items():
        if accounts.find(name) is None:
            accounts.add(name, PASSWORD, role)
    return {name: accounts.give_token(name).text for name in PEOPLE}


@asynccontextmanager
async def house(
    home: Path,
    tool: Tool | None = None,
    *,
    visitor: Visitor = by_cookie,
    clock: Clock | None = None,
    docs: tuple[str, ...] = (),
    **server_settings: Any,  # noqa: ANN401
) -> AsyncIterator[House]:
    """Open the house; `server_settings` are settings of the server."""
    made = settings(home)
    made = replace(
        made,
        docs=docs,
        server_settings=replace(made.server_settings, **{"api_rate": "10000/minute", **server_settings}),
        values={**made.values, "CHAINLIT_URL": "http://attest.test"},
    )
    timing: dict[str, Any] = {"clock": clock} if clock else {}
    async with served_small(made, tool or Pages(PAGES)) as served:
        with known(home, **timing) as there:
            desk = open_api_context(made, visitor, accounts=there.accounts, served=lambda: served, **timing)
            async with _served(served, desk, peopled(there.accounts)) as opened:
                yield opened


@asynccontextmanager
async def _served(served: ServerContext, context: ApiContext, tokens: dict[str, str]) -> AsyncIterator[House]:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/health", lambda: {"status": "the other one"})
    app.add_api_route("/{full_path:path}", lambda: "a page for everything")
    attach(app, context)
    served.runs.add_listener(context.metrics.count_event)
    opened = House(app=app, served=served, context=context, tokens=tokens)
    try:
        yield opened
    finally:
        for client in opened.clients:
            await client.aclose()


def served_small(made: Settings, tool: Tool) -> Any:  # noqa: ANN401  # a context manager of Served
    """Serve the application whose only tool is `tool`."""
    return serving(made, lambda settings: open_app(settings, small(tool)))
