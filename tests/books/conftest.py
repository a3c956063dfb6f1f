from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from graph.stores.database import Database
from graph.stores.migrations import MIGRATIONS


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(tmp_path / "attest.db", migrations=MIGRATIONS)
    yield opened
    await opened.close()
