"""Store accounts: an id is never reused, and a new version ends the sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.options import Role

if TYPE_CHECKING:  # the worker imports asyncio, which lists need not wait for
    from graph.stores.db.db_worker import Connection, Row

# A removed account keeps its row, so that its id is taken for good; its name is free again.
ACCOUNT_TABLES = """
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT, password TEXT,
    version INTEGER NOT NULL, created REAL NOT NULL, removed REAL
);
CREATE UNIQUE INDEX accounts_by_name ON accounts (name) WHERE removed IS NULL;
CREATE TABLE account_tokens (
    digest TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,
    created REAL NOT NULL, expires REAL
);
CREATE UNIQUE INDEX account_tokens_of_account ON account_tokens (account, id);
CREATE TABLE account_sessions (
    id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, version INTEGER NOT NULL, issuer TEXT NOT NULL,
    created REAL NOT NULL, expires REAL NOT NULL
);
CREATE INDEX account_sessions_of_account ON account_sessions (account);
CREATE INDEX account_sessions_by_expiry ON account_sessions (expires);
CREATE TABLE account_identities (
    issuer TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL, linked REAL NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX account_identities_of_account ON account_identities (account);
CREATE TABLE account_devices (
    account TEXT NOT NULL, device TEXT NOT NULL, seen REAL NOT NULL, PRIMARY KEY (account, device)
);
CREATE TABLE login_states (
    digest TEXT NOT NULL PRIMARY KEY, provider TEXT NOT NULL, redirect TEXT NOT NULL, verifier TEXT NOT NULL,
    expires REAL NOT NULL
);
CREATE INDEX login_states_by_expiry ON login_states (expires);
CREATE TABLE account_imports (what TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL);
"""

_COLUMNS = "id, name, role, password, version, created, removed"
_ADD = f"""
INSERT INTO accounts ({_COLUMNS})
VALUES (:id, :name, :role, :password, :version, :created, NULL)
"""
_CHANGE = """
UPDATE accounts SET role = COALESCE(:role, role), password = COALESCE(:password, password),
    version = version + 1
WHERE id = :id
"""
_RETIRE = "UPDATE accounts SET removed = :now, password = NULL, version = version + 1 WHERE id = :id"
_HELD = ("account_tokens", "account_sessions", "account_identities", "account_devices")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAccount:
    """Hold an account; times in seconds since the epoch.

    Without a `role` it has that of ATTEST_OAUTH_ROLE. `password` is an argon2id hash, or None for a person
    who only logs in by a provider.
    """

    id: str
    name: str
    role: Role | None
    password: str | None
    created: float
    version: int = 1
    removed: float | None = None


def add(connection: Connection, account: StoredAccount) -> None:
    """Store a new account; its name must be free and its id unused."""
    values = {
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "password": account.password,
        "version": account.version,
        "created": account.created,
    }
    connection.execute(_ADD, values)


def by_name(connection: Connection, name: str) -> StoredAccount | None:
    """Return the account that has a name now."""
    return _one(connection, "name = :value AND removed IS NULL", name)


def by_id(connection: Connection, account: str) -> StoredAccount | None:
    """Return an account by its id, also one that was removed."""
    return _one(connection, "id = :value", account)


def all_accounts(connection: Connection) -> list[StoredAccount]:
    """Return the accounts that are not removed, by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM accounts WHERE removed IS NULL ORDER BY name")
    return [_account(row) for row in rows]


def change(
    connection: Connection, account: str, *, role: Role | None = None, password: str | None = None
) -> None:
    """Change what is given, and end every session of the account."""
    connection.execute(_CHANGE, {"id": account, "role": role, "password": password})
    connection.execute("DELETE FROM account_sessions WHERE account = :id", {"id": account})


def rehash(connection: Connection, account: StoredAccount, password: str) -> None:
    """Store another hash of the same password, unless it was changed meanwhile; sessions go on."""
    values = {"id": account.id, "was": account.password, "password": password}
    connection.execute("UPDATE accounts SET password = :password WHERE id = :id AND password = :was", values)


def retire(connection: Connection, account: str, now: float) -> None:
    """Close an account for good; its row stays, so that its id is never reused."""
    connection.execute(_RETIRE, {"id": account, "now": now})
    for table in _HELD:
        connection.execute(f"DELETE FROM {table} WHERE account = :id", {"id": account})


def _one(connection: Connection, where: str, value: str) -> StoredAccount | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM accounts WHERE {where}", {"value": value}).fetchone()
    return None if row is None else _account(row)


def _account(row: Row) -> StoredAccount:
    account, name, role, password, version, created, removed = row
    return StoredAccount(
        id=account,
        name=name,
        role=None if role is None else Role(role),
        password=password,
        version=version,
        created=created,
        removed=removed,
    )
