from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from pytest_httpserver import HTTPServer

from tests.tools.page.serving import Desk, desk
from tools.documents.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    """Keep one child that parses, for all tests."""
    made = Parser()
    yield made
    made.close()


@pytest.fixture
async def reader(httpserver: HTTPServer, parser: Parser) -> AsyncIterator[Desk]:
    """Read pages of a local server whose robots.txt does not exist unless a test writes one."""
    httpserver.no_handler_status_code = 404
    async with desk(parser=parser) as opened:
        yield opened
