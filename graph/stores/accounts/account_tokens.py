"""Store the bearer tokens of accounts, each by the sha256 of its secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.stores.db.db_worker import Connection

_GIVE = """
INSERT INTO account_tokens (digest, account, id, label, created, expires)
VALUES (:digest, :account, :id, :label, :created, :expires)
"""
_OF = """
SELECT id, label, digest, created, expires FROM account_tokens WHERE account = :account ORDER BY created, id
"""
_HOLDER = """
SELECT a.id FROM account_tokens t JOIN accounts a ON a.id = t.account
WHERE t.digest = :digest AND a.removed IS NULL AND (t.expires IS NULL OR t.expires > :now)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredToken:
    """Hold a token; times in seconds since the epoch. Without `expires` it is valid until it is revoked."""

    id: str
    label: str
    digest: str
    created: float
    expires: float | None = None


def give(connection: Connection, account: str, token: StoredToken) -> None:
    """Store a token."""
    values = {
        "digest": token.digest,
        "account": account,
        "id": token.id,
        "label": token.label,
        "created": token.created,
        "expires": token.expires,
    }
    connection.execute(_GIVE, values)


def tokens_of(connection: Connection, account: str) -> list[StoredToken]:
    """Return the tokens of an account, the oldest first, including expired ones."""
    rows = connection.execute(_OF, {"account": account})
    return [
        StoredToken(id=token, label=label, digest=digest, created=created, expires=expires)
        for token, label, digest, created, expires in rows
    ]


def holder(connection: Connection, digest: str, now: float) -> str | None:
    """Return the id of the account that a valid token belongs to."""
    row = connection.execute(_HOLDER, {"digest": digest, "now": now}).fetchone()
    return None if row is None else str(row[0])


def revoke(connection: Connection, account: str, token: str) -> bool:
    """Remove a token of an account; tell whether there was one."""
    values = {"account": account, "id": token}
    gone = connection.execute("DELETE FROM account_tokens WHERE account = :account AND id = :id", values)
    return gone.rowcount > 0


def sweep(connection: Connection, account: str, now: float) -> None:
    """Delete the expired tokens of an account."""
    values = {"account": account, "now": now}
    connection.execute("DELETE FROM account_tokens WHERE account = :account AND expires <= :now", values)
