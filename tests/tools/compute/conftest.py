from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tools.compute.python import Python


@pytest.fixture
async def python() -> AsyncIterator[Python]:
    """Calculate, at a time that stands still."""
    tool = Python(clock=lambda: 1_000.0)
    yield tool
    await tool.close()
