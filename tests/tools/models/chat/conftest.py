from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.tools.models.chat.asking import Desk, desk


@pytest.fixture
async def model() -> AsyncIterator[Desk]:
    """Play a model for one test."""
    async with desk() as opened:
        yield opened
