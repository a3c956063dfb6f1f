"""Open the house for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.ui.server.web.house import House, house


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[House]:
    """Serve the API over a small application."""
    async with house(tmp_path) as made:
        yield made
