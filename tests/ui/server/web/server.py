"""Serve the API over a small application on a port of the loopback address.

python -m tests.ui.server.web.server HOME PORT SECONDS_A_CALL [ADDRESS_OF_DATABASE]
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from graph.app import open_app
from graph.people.accounts import Accounts
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.app import settings, small
from tests.fakes.tools import Pages
from tests.ui.server.web.house import PAGES, by_cookie
from ui.server.server_context import ServerLifetime
from ui.server.web.api_context import open_api_context
from ui.server.web.attach import attach


def application(home: Path, seconds: float, database: str = "") -> FastAPI:
    """Return an application that opens what it serves when it starts."""
    made = settings(home, database)
    made = replace(made, server_settings=replace(made.server_settings, api_rate="10000/minute"))

    server = ServerLifetime(made, lambda where: open_app(where, small(Pages(PAGES, seconds=seconds))))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await server.open()
        yield
        await server.close()

    app = FastAPI(lifespan=lifespan)
    app.add_api_route("/{full_path:path}", lambda: "a page for everything")
    accounts = Accounts(Database(made.database, migrations=MIGRATIONS))
    attach(app, open_api_context(made, by_cookie, accounts=accounts, served=server.context))
    return app


if __name__ == "__main__":
    served = application(Path(sys.argv[1]), float(sys.argv[3]), *sys.argv[4:])
    uvicorn.run(
        served, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", timeout_graceful_shutdown=2
    )
