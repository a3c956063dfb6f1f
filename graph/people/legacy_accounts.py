"""Import the accounts of an earlier release: `accounts.json`, and people who logged in by a provider."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import private_files
from graph.errors import Misconfigured
from graph.options import Role
from graph.people.account_name import checked_name
from graph.stores.accounts import account_tokens, stored_accounts
from graph.stores.accounts.account_tokens import StoredToken
from graph.stores.accounts.stored_accounts import StoredAccount
from graph.stores.chat.chat_tables import opened
from guards.strict_json import read_json

if TYPE_CHECKING:
    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection

FILE = "accounts.json"
FORMAT = "attest.accounts/1"
_PEOPLE = "people of the chat"
_IMPORTED = """
INSERT INTO account_imports (what, at) VALUES (:what, :now) ON CONFLICT (what) DO NOTHING
"""

Kept = tuple[StoredAccount, list[StoredToken]]
Tell = Callable[[str], object]


def take_over(home: Path, database: Database, now: float, tell: Tell) -> None:
    """Import `accounts.json` once into the database, then rename it; do nothing where there is none.

    An imported account has its name as its id, which its older runs, threads, files and caps use. `tell`
    gets a line for what the operator should know. Raises Misconfigured, and changes nothing, where the file
    cannot be read.
    """
    if (home / FILE).exists():
        with _locked(home):
            _take_over(home / FILE, database, now, tell)
    database.write_now(lambda connection: _once(connection, _PEOPLE, now, _providers_people))


def _take_over(path: Path, database: Database, now: float, tell: Tell) -> None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # another process was quicker
        return
    except OSError as error:
        raise Misconfigured(f"cannot read {path} ({error.strerror}): make it readable") from error
    found, mark = _parsed(path, content), f"{FILE} {hashlib.sha256(content).hexdigest()}"
    database.write_now(
        lambda connection: _once(connection, mark, now, lambda opened: _enter(opened, found, tell))
    )
    aside = _aside(path)
    try:
        path.rename(aside)
    except OSError as error:
        raise Misconfigured(f"cannot rename {path} ({error.strerror}): move it away") from error
    tell(f"the accounts of {path} are in the database now; the file is {aside.name}, and is not read again")


def _once(connection: Connection, what: str, now: float, act: Callable[[Connection], None]) -> None:
    """Run an import once: a kill before the file is renamed repeats nothing."""
    if connection.execute(_IMPORTED, {"what": what, "now": now}).rowcount > 0:
        act(connection)


def _enter(connection: Connection, found: list[Kept], tell: Tell) -> None:
    for account, tokens in found:
        known = stored_accounts.by_id(connection, account.id)
        if known is None and stored_accounts.by_name(connection, account.name) is None:
            stored_accounts.add(connection, account)
        elif known is None or known.removed is not None:
            tell(f"the account {account.name} of {FILE} was left out: another has that name")
            continue
        elif known.password is None:  # known by a provider alone
            stored_accounts.change(connection, known.id, role=account.role, password=account.password)
        else:  # the file of another machine that shares the database
            tell(f"the account {account.name} is known already: its password and role stay as they are")
        held = {(token.id, token.digest) for token in account_tokens.tokens_of(connection, account.id)}
        for token in tokens:
            if (token.id, token.digest) not in held:
                account_tokens.give(connection, account.id, token)


def _providers_people(connection: Connection) -> None:
    """Make an account, named by mail address, for everybody who logged in by a provider and has none."""
    people = connection.execute("SELECT identifier, created, record FROM chat_users").fetchall()
    for name, created, record in people:
        metadata = opened(record).get("metadata") or {}
        if metadata.get("by") == "provider" and stored_accounts.by_id(connection, name) is None:
            known = StoredAccount(id=name, name=name, role=None, password=None, created=created)
            stored_accounts.add(connection, known)


def _parsed(path: Path, content: bytes) -> list[Kept]:
    try:
        stored = read_json(content.decode())
        found = [_account(each) for each in stored["accounts"]] if stored["schema"] == FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError):
        found = None
    if found is None:
        raise Misconfigured(f"{path} is no file of accounts: nothing was changed; mend it or move it aside")
    return found


def _account(stored: Mapping[str, Any]) -> Kept:
    name = checked_name(stored["name"])
    account = StoredAccount(
        id=name,
        name=name,
        role=Role(stored["role"]),
        password=stored["password"],
        created=stored["created"],
    )
    return account, [StoredToken(**token) for token in stored["tokens"]]


def _aside(path: Path) -> Path:
    """Return an unused name beside the file."""
    names = (path.with_name(f"{path.name}.taken-over{f'-{n}' if n else ''}") for n in range(1_000))
    return next(name for name in names if not name.exists())


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Let one process at a time read and rename the file."""
    descriptor = os.open(home / "accounts.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, private_files.FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
