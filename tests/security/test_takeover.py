"""An operator's upgrade: what an earlier release kept of people stays whose it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph.config.database_address import Location
from graph.errors import Misconfigured
from graph.options import Role
from graph.people.bearer_secret import digest_of, write_bearer
from graph.people.legacy_accounts import take_over
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.docs.pages import ROOT
from tests.fakes.databases import word
from tests.fakes.people import HASHER, PASSWORD, Known, known
from tests.fakes.stored import engine, place  # noqa: F401  # fixtures
from ui.terminal.streams import tell

BEFORE = MIGRATIONS[: next(at for at, script in enumerate(MIGRATIONS) if "CREATE TABLE accounts " in script)]
SECRET = "s" * 43
NOW = 1_800_000_000.0


def kept(name: str, role: str = "analyst", *tokens: dict[str, Any]) -> dict[str, Any]:
    """Return an account as the file of the earlier release has it."""
    hashed = HASHER.hash(f"{PASSWORD} of {name}")
    return {"name": name, "role": role, "password": hashed, "created": 1.0, "tokens": list(tokens)}


TOKEN = {"id": "0a1b2c3d", "label": "nightly", "digest": digest_of(SECRET), "created": 2.0}
FILE = {
    "schema": "attest.accounts/1",
    "accounts": [kept("ann", "analyst", TOKEN), kept("ada@example.org", "admin"), kept("bob", "viewer")],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home with the file of an earlier release."""
    made = tmp_path / "home"
    made.mkdir()
    (made / "accounts.json").write_text(json.dumps(FILE))
    return made


@pytest.fixture
def database(place: Location) -> Iterator[Database]:  # noqa: F811  # the fixture
    opened = Database(place, migrations=MIGRATIONS)
    yield opened
    opened.close_now()


@pytest.fixture
def there(place: Location) -> Iterator[Known]:  # noqa: F811  # the fixture
    with known(place) as made:
        yield made


async def test_every_password_role_and_token_is_kept(
    home: Path, there: Known, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each opens what it opened before; the file is renamed, the log says so, and nothing reads it again."""
    take_over(home, there.database, NOW, tell)
    accounts = there.accounts
    for name, role in (("ann", Role.ANALYST), ("ada@example.org", Role.ADMIN), ("bob", Role.VIEWER)):
        found = await accounts.verify(name, f"{PASSWORD} of {name}")
        assert found
        assert (found.name, found.role) == (name, role)
    token = await accounts.bearer(write_bearer(SECRET))
    assert token
    assert token.name == "ann"
    assert not (home / "accounts.json").exists()
    assert (home / "accounts.json.taken-over").exists()
    assert "accounts.json.taken-over, and is not read again" in capsys.readouterr().err
    accounts.remove("bob")
    take_over(home, there.database, NOW, tell)
    assert accounts.find("bob") is None
    assert capsys.readouterr().err == ""


def old_rows(place: Location) -> None:  # noqa: F811  # a parameter
    """Write, as the earlier release did, a run, a conversation, what was spent and a cap, all by name."""
    database = Database(place, migrations=BEFORE)
    statements = [
        ("INSERT INTO runs VALUES ('r-1', 'q', 'bob', '{}', 'complete', 1.0, 1.0, NULL)", ()),
        ("INSERT INTO chat_threads VALUES ('t-1', 'bob', 1, 1, 1.0, 1.0, '', '{}')", ()),
        ("INSERT INTO chat_users VALUES ('p-1', 'bob', 1.0, ?)", (json.dumps({"metadata": {}}),)),
        (
            "INSERT INTO chat_users VALUES ('p-2', 'eve@example.org', 1.0, ?)",
            (json.dumps({"metadata": {"by": "provider"}}),),
        ),
        ("INSERT INTO caps VALUES ('user', 'bob', 'day', 5)", ()),
    ]
    for sql, values in statements:
        database.write_now(lambda connection, s=sql, v=values: connection.execute(s, v).rowcount)  # type: ignore[misc]
    database.close_now()


def test_rows_by_name_stay_with_the_account_of_that_name(home: Path, place: Location) -> None:  # noqa: F811
    """They are the account's that has the name at the upgrade, and never those of a later one."""
    old_rows(place)
    with known(place) as there:
        take_over(home, there.database, NOW, tell)
        owner = there.accounts.known("bob")
        counts = there.database.read_now(lambda connection: owned(connection, owner.id))
        assert counts == [1, 1, 1, 1]
        there.accounts.remove("bob")
        heir = there.accounts.add("bob", PASSWORD)
        counts = there.database.read_now(lambda connection: owned(connection, heir.id))
        assert counts == [0, 0, 0, 0]


def owned(connection: Any, account: str) -> list[int]:  # noqa: ANN401  # a connection
    tables = (("runs", "asker"), ("chat_threads", "asker"), ("chat_users", "identifier"), ("caps", "subject"))
    return [
        connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {column} = ?", (account,)).fetchall()[0][0]
        for table, column in tables
    ]


async def test_who_came_by_a_provider_alone_keeps_what_was_theirs(tmp_path: Path, place: Location) -> None:  # noqa: F811
    """They get an account with the name their rows have, without a password, for their first login."""
    old_rows(place)
    with known(place) as there:
        take_over(tmp_path, there.database, NOW, tell)
        eve = there.accounts.known("eve@example.org")
        assert eve.id == "eve@example.org"
        assert there.accounts.find("bob") is None
        assert await there.accounts.verify("eve@example.org", "") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"schema": "attest.accounts/2", "accounts": []}',
        b'{"schema": "attest.accounts/1", "accounts": [{}]}',
        json.dumps({**FILE, "accounts": [{**kept("ann"), "name": "\u212aate"}]}).encode(),
        json.dumps({**FILE, "accounts": [{**kept("ann"), "name": 5}]}).encode(),
        json.dumps({**FILE, "accounts": [{**kept("ann"), "role": "boss"}]}).encode(),
    ],
)
def test_a_broken_file_is_told_and_kept(home: Path, there: Known, content: bytes) -> None:
    """A file that cannot be read lets nobody in, and neither it nor the database is changed."""
    (home / "accounts.json").write_bytes(content)
    with pytest.raises(Misconfigured, match=r"no (file of accounts|name of an account)") as refused:
        take_over(home, there.database, NOW, tell)
    assert "\n" not in str(refused.value)
    assert (home / "accounts.json").read_bytes() == content
    assert there.accounts.listed() == ()


def test_a_kill_before_the_file_is_renamed_repeats_nothing(home: Path, place: Location) -> None:  # noqa: F811
    """What was changed meanwhile stays: the file is renamed at the next start, and not read."""
    script = (
        "import os, pathlib, signal, sys\n"
        "from tests.fakes.databases import read_word; from tests.fakes.people import known\n"
        "from graph.people.legacy_accounts import take_over\n"
        "pathlib.Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with known(read_word(sys.argv[2])) as there:\n"
        "    take_over(pathlib.Path(sys.argv[1]), there.database, 1.0, print)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, home, word(place)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    with known(place) as there:
        there.accounts.remove("bob")
        there.accounts.set_role("ann", Role.VIEWER)
        take_over(home, there.database, NOW, tell)
        assert [(each.account.name, each.role) for each in there.accounts.listed()] == [
            ("ada@example.org", Role.ADMIN),
            ("ann", Role.VIEWER),
        ]
    assert not (home / "accounts.json").exists()


def test_starts_at_the_same_time_take_over_once(home: Path, place: Location) -> None:  # noqa: F811
    """However many begin, each account is there once and the file is renamed once."""

    def begin(_: int) -> None:
        with known(place) as there:
            take_over(home, there.database, NOW, tell)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(begin, range(6)))
    with known(place) as there:
        assert len(there.accounts.listed()) == 3
    assert len([path for path in home.iterdir() if "json" in path.name]) == 1


async def test_a_second_machine_adds_what_is_missing(home: Path, tmp_path: Path, there: Known) -> None:
    """Two homes that share a database bring their files; of an account in both the first password counts."""
    take_over(home, there.database, NOW, tell)
    other = tmp_path / "other"
    other.mkdir()
    secret = "t" * 43
    token = {**TOKEN, "id": "11111111", "digest": digest_of(secret)}
    accounts = [kept("carl"), {**kept("ann", "admin", token), "password": HASHER.hash("another")}]
    (other / "accounts.json").write_text(json.dumps({**FILE, "accounts": accounts}))
    take_over(other, there.database, NOW, tell)
    assert there.accounts.find("carl")
    assert there.accounts.known("ann").role is Role.ANALYST
    assert await there.accounts.verify("ann", f"{PASSWORD} of ann")
    assert await there.accounts.verify("ann", "another") is None
    for each in (SECRET, secret):
        assert await there.accounts.bearer(write_bearer(each))
