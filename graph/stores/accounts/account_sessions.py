"""Store the sessions of browsers: one that is missing, or of an older version of its account, is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.stores.db.db_worker import places

if TYPE_CHECKING:
    from graph.stores.db.db_worker import Connection

_BEGIN = """
INSERT INTO account_sessions (id, account, version, issuer, created, expires)
VALUES (:id, :account, :version, :issuer, :created, :expires)
"""
_STANDING = """
SELECT s.id, a.id, a.name, a.role, a.version, s.issuer FROM account_sessions s
JOIN accounts a ON a.id = s.account AND a.version = s.version
WHERE a.removed IS NULL AND s.expires > ? AND s.id IN ({})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOwner:
    """Hold the owner of a session: `issuer` names the provider that vouched, empty for a password.

    `role` is that of the account, or None if it has none of its own.
    """

    account: str
    name: str
    role: str | None
    version: int
    issuer: str


def begin(
    connection: Connection, session: str, whose: tuple[str, int, str], times: tuple[float, float]
) -> None:
    """Store a session from now to its expiry, and delete those that expired.

    `whose` is the id of its account, the version that was let in, and the provider that vouched.
    """
    (account, version, issuer), (now, expires) = whose, times
    values = {
        "id": session,
        "account": account,
        "version": version,
        "issuer": issuer,
        "created": now,
        "expires": expires,
    }
    connection.execute("DELETE FROM account_sessions WHERE expires <= :now", {"now": now})
    connection.execute(_BEGIN, values)


def standing(connection: Connection, sessions: Sequence[str], now: float) -> dict[str, SessionOwner]:
    """Return the owners of sessions, by the ids of the sessions; those that are over are left out."""
    if not sessions:
        return {}
    rows = connection.execute(_STANDING.format(places(sessions)), (now, *sessions))
    return {
        session: SessionOwner(account=account, name=name, role=role, version=version, issuer=issuer)
        for session, account, name, role, version, issuer in rows
    }


def end(connection: Connection, session: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM account_sessions WHERE id = :id", {"id": session})
