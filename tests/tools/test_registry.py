from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.app import gathered
from graph.config.settings import Settings
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.tools import Pages
from tools.registry import SERVICES, Registry


async def opened(home: Path, **chosen: str) -> AsyncIterator[Registry]:
    settings = Settings.from_environment({"ATTEST_HOME": str(home), **chosen})
    database = Database(settings.database, migrations=MIGRATIONS)
    registry = gathered(settings, database, [Pages({})])
    yield registry
    await registry.close()
    await database.close()


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncIterator[Registry]:
    async for registry in opened(tmp_path):
        yield registry


@pytest.fixture
async def keyed(tmp_path: Path) -> AsyncIterator[Registry]:
    async for registry in opened(tmp_path, ATTEST_BRAVE_KEY="k", ATTEST_ARXIV_URL="http://mirror.example"):
        yield registry


def test_every_service_is_ready_or_says_which_setting_it_lacks(plain: Registry) -> None:
    """No service is silently left out, and each name is known once."""
    ready = [tool.spec.name for tool in plain.tools]
    lacking = {state.spec.name: state.missing for state in plain.lacking}
    assert {service.spec.name for service in SERVICES} <= {*ready, *lacking}
    assert lacking["brave"] == "ATTEST_BRAVE_KEY"
    assert len(ready) == len(set(ready))


def test_a_setting_makes_a_service_ready_at_its_host(keyed: Registry) -> None:
    """A key lets a service be asked, and an address says where."""
    hosts = {tool.spec.name: tool.spec.host for tool in keyed.tools}
    assert hosts["brave"] == "api.search.brave.com"
    assert hosts["arxiv"] == "mirror.example"
    assert "pages" in hosts
