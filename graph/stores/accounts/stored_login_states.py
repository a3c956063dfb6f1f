"""Store the start of a login by a provider until it returns or expires: each is used once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.stores.db.db_worker import Connection

_KEEP = """
INSERT INTO login_states (digest, provider, redirect, verifier, expires)
VALUES (:digest, :provider, :redirect, :verifier, :expires)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginState:
    """Bind a login to its provider and to the address it returns to.

    `verifier` is the secret of PKCE; `expires` is in seconds since the epoch.
    """

    provider: str
    redirect: str
    verifier: str
    expires: float


def keep(connection: Connection, digest: str, state: LoginState, now: float) -> None:
    """Store a state by the sha256 of the browser's token, and delete expired ones."""
    connection.execute("DELETE FROM login_states WHERE expires <= :now", {"now": now})
    values = {
        "digest": digest,
        "provider": state.provider,
        "redirect": state.redirect,
        "verifier": state.verifier,
        "expires": state.expires,
    }
    connection.execute(_KEEP, values)


def take(connection: Connection, digest: str, now: float) -> LoginState | None:
    """Return a state and delete it; None for one that is unknown, expired or used."""
    rows = connection.execute(
        "DELETE FROM login_states WHERE digest = :digest RETURNING provider, redirect, verifier, expires",
        {"digest": digest},
    ).fetchall()
    if not rows or rows[0][3] <= now:
        return None
    provider, redirect, verifier, expires = rows[0]
    return LoginState(provider=provider, redirect=redirect, verifier=verifier, expires=expires)
