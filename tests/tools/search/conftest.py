from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pytest_httpserver import HTTPServer

from tests.tools.search.asking import Desk
from tools.net.http_client import HttpClient


@pytest.fixture
async def desk(httpserver: HTTPServer) -> AsyncIterator[Desk]:
    """Ask a service that is played by a server on the loopback address."""
    client = HttpClient(clock=lambda: 1_000.0)
    yield Desk(client=client, server=httpserver)
    await client.close()
