"""A server whose database or home is gone, or another's by now, says that it is not ready."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from graph.config.database_address import DatabaseServer
from graph.errors import Misconfigured
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.runs import StoredRuns
from tests.browser.server import ChatServer
from tests.fakes.databases import schema
from tests.ui.server.web.house import Clock as Set
from tests.ui.server.web.house import house

pytestmark = pytest.mark.timeout(300)


def gone(path: Path) -> None:
    """Remove a file or a folder."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def replaced(path: Path) -> None:
    """Put an equal one in its place, as a restored copy is."""
    copy = path.with_name("copy")
    shutil.copytree(path, copy) if path.is_dir() else shutil.copy(path, copy)
    gone(path)
    copy.rename(path)


def emptied(path: Path) -> None:
    """Put an empty one in its place, at once, so that it could get the number of the old one."""
    folder = path.is_dir()
    gone(path)
    path.mkdir() if folder else path.touch()


@pytest.mark.parametrize("change", [gone, replaced, emptied])
@pytest.mark.parametrize("what", ["home", "database"])
async def test_what_is_gone_or_replaced_is_noticed(
    tmp_path: Path, what: str, change: Callable[[Path], None]
) -> None:
    """503 that names which of the two, though the open file could still be read and written."""
    clock, home = Set(), tmp_path / "home"
    home.mkdir()
    async with house(home, clock=clock) as opened:
        assert (await opened.caller().get("/ready")).status_code == 200
        change(home if what == "home" else home / "attest.db")
        clock.now += 2
        reply = await opened.caller().get("/ready")
        assert reply.status_code == 503
        assert "removed or replaced" in reply.json()["checks"][what]
        assert str(tmp_path) not in reply.text


async def test_a_home_that_comes_back_is_ready_again(tmp_path: Path) -> None:
    """A folder that was moved away and back is the one that it was."""
    clock, home = Set(), tmp_path / "home"
    home.mkdir()
    async with house(home, clock=clock) as opened:
        statuses = [(await opened.caller().get("/ready")).status_code]
        home.rename(tmp_path / "away")
        clock.now += 2
        statuses.append((await opened.caller().get("/ready")).status_code)
        shutil.rmtree(home, ignore_errors=True)
        (tmp_path / "away").rename(home)
        clock.now += 2
        statuses.append((await opened.caller().get("/ready")).status_code)
    assert statuses == [200, 503, 200]


@pytest.fixture
def place() -> Iterator[DatabaseServer]:
    """Give a test a schema of PostgreSQL of its own."""
    with schema() as made:
        yield made


async def test_a_server_whose_tables_were_made_anew_is_another(place: DatabaseServer) -> None:
    """On PostgreSQL a schema that was dropped, or restored, is not the one the process began with."""
    clock = Set()
    database = Database(place, migrations=MIGRATIONS)
    try:
        runs = StoredRuns(database, clock)
        await runs.check()
        await runs.check()
        with psycopg.connect(place.url, autocommit=True) as operator:
            operator.execute("ALTER TABLE runs RENAME TO those_before")
            operator.execute("CREATE TABLE runs (LIKE those_before INCLUDING ALL)")
        await StoredRuns(database, clock).check()
        with pytest.raises(Misconfigured, match="replaced"):
            await runs.check()
    finally:
        await database.close()


def test_a_running_chat_notices_it(tmp_path: Path) -> None:
    """The real server is ready, then not, when its home is deleted under it."""
    server = ChatServer(home=tmp_path)
    server.account("ann")
    server.start()
    try:
        assert httpx.get(f"{server.url}/ready", trust_env=False).status_code == 200
        shutil.rmtree(tmp_path / "attest")
        for _ in range(50):
            reply = httpx.get(f"{server.url}/ready", trust_env=False)
            if reply.status_code == 503:
                break
        assert reply.json()["ready"] is False
        assert httpx.get(f"{server.url}/health", trust_env=False).status_code == 200
    finally:
        server.stop()
