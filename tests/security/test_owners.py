"""An account that has the name of one that was removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.config.database_address import Location
from graph.records import source_id
from graph.stores.evidence import StoredEvidence
from tests.browser.server import ChatServer
from tests.fakes.databases import ENGINES, location, word
from tests.fakes.people import known
from tests.security.page import Page

pytestmark = pytest.mark.timeout(300)

QUESTION = "What does a half-open breaker let through?"
PRIVATE = "The zebra of the annex sleeps until noon in its blue stable."


@pytest.fixture(params=["sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """Yield where an empty database is, on SQLite unless a test names the other engine."""
    with location(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, place: Location) -> Iterator[ChatServer]:
    """Serve the chat to bob."""
    url = "" if isinstance(place, Path) else word(place)
    made = ChatServer(home=tmp_path, more={"ATTEST_DATABASE_URL": url})
    made.account("bob")
    made.start()
    yield made
    made.stop()


def left(where: Location, account: str, run: str, thread: str) -> dict[str, int]:
    """Count what the database holds of an account that asked once, in one conversation."""
    held = {
        "runs": ("id", run),
        "journal": ("run", run),
        "audit": ("run", run),
        "retrievals": ("run", run),
        "checkpoints": ("thread_id", run),
        "writes": ("thread_id", run),
        "chat_users": ("identifier", account),
        "chat_threads": ("id", thread),
        "chat_steps": ("thread", thread),
        "chat_elements": ("thread", thread),
        "chat_contents": ("thread", thread),
        "caps": ("subject", account),
    }
    with known(where) as there:
        return {
            table: there.database.read_now(
                lambda connection, sql=f"SELECT COUNT(*) FROM {table} WHERE {column} = ?", of=value: (  # type: ignore[misc]
                    connection.execute(sql, (of,)).fetchall()
                )
            )[0][0]
            for table, (column, value) in held.items()
        }


def stored(where: Location, title: str) -> list[Any]:
    """Return the texts, and the files in an index, whose place ends with a name."""
    sql = " UNION ALL ".join(
        f"SELECT location FROM {t} WHERE location LIKE ?" for t in ("retrievals", "documents")
    )
    with known(where) as there:
        return there.database.read_now(
            lambda connection: connection.execute(sql, (f"%{title}", f"%{title}")).fetchall()
        )


async def holds(where: Location, text: str) -> bool:
    """Tell whether the text of a source is stored."""
    with known(where) as there:
        evidence = StoredEvidence(there.database)
        return bool(await evidence.texts([source_id(text)]))


async def lived(server: ChatServer) -> tuple[Page, str, str]:
    """Have bob ask about a file of his own; return his page, his run and his conversation."""
    bob = await Page.opened(server, "bob")
    await bob.attach("annex.md", PRIVATE)
    run = await bob.ask("Where does the zebra of the annex sleep?")
    return bob, run, await bob.thread()


async def test_a_new_account_of_an_old_name_finds_nothing_of_the_old(server: ChatServer) -> None:
    """The new bob reads no run, conversation, file or list of the old one, and may not spend by his cap."""
    bob, run, thread = await lived(server)
    addresses = [
        f"/api/runs/{run}",
        f"/api/runs/{run}/report",
        f"/reading/{run}/json",
        f"/project/thread/{thread}",
    ]
    for address in addresses:
        assert (await bob.get(address)).status_code == 200, address
    server.attest("budget", "set", "user=bob", "5")
    said = server.attest("users", "remove", "bob")
    assert "what is theirs stays: 1 run, 1 conversation, 1 cap, attached files, feedback" in said
    server.account("bob")
    heir = await Page.opened(server, "bob")
    for address in addresses:
        assert (await heir.get(address)).status_code in {401, 404}, address
    assert (await heir.get("/api/runs")).json()["runs"] == []
    assert await heir.threads() == []
    assert json.loads(server.attest("budget", "show", "--json"))[1]["subject"].startswith("bob (removed, u-")
    assert await heir.ask("Where does the zebra of the annex sleep?") != run
    await bob.close()
    await heir.close()


@pytest.mark.parametrize("place", ENGINES, indirect=True)
async def test_what_was_a_persons_is_deleted_if_that_is_wanted(
    server: ChatServer,
    place: Location,
) -> None:
    """With `--with-data`, also later by the id, no row, file or text is left; others keep theirs."""
    where = server.home / "attest" if isinstance(place, Path) else place
    uploads = server.home / "attest" / "uploads"
    server.account("carl")
    carl = await Page.opened(server, "carl")
    kept = await carl.ask(QUESTION)
    bob, run, thread = await lived(server)
    server.attest("budget", "set", "user=bob", "5")
    account = server.attest("users", "remove", "bob").split("attest users remove ")[1].split()[0]
    assert all(left(where, account, run, thread).values()), left(where, account, run, thread)
    assert stored(where, "annex.md")
    assert await holds(where, PRIVATE)
    assert list(uploads.rglob("annex.md"))
    said = server.attest("users", "remove", account, "--with-data")
    assert said.startswith(
        "bob may not come in any more; deleted: 1 run, 1 conversation, 1 cap, attached files"
    )
    assert not any(left(where, account, run, thread).values()), left(where, account, run, thread)
    assert not list(uploads.rglob("annex.md"))
    assert stored(where, "annex.md") == []
    assert not await holds(where, PRIVATE)
    assert (await carl.get(f"/api/runs/{kept}/report")).status_code == 200
    await bob.close()
    await carl.close()
