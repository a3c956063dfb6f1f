"""Store which person of which provider an account belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.stores.db.db_worker import Connection

_LINK = """
INSERT INTO account_identities (issuer, subject, account, linked) VALUES (:issuer, :subject, :account, :now)
"""


def linked(connection: Connection, issuer: str, subject: str) -> str | None:
    """Return the id of the account that belongs to a person of a provider."""
    row = connection.execute(
        "SELECT account FROM account_identities WHERE issuer = :issuer AND subject = :subject",
        {"issuer": issuer, "subject": subject},
    ).fetchone()
    return None if row is None else str(row[0])


def issuers_of(connection: Connection, account: str) -> list[str]:
    """Return the providers that an account is linked with."""
    rows = connection.execute(
        "SELECT issuer FROM account_identities WHERE account = :account ORDER BY issuer", {"account": account}
    )
    return [str(issuer) for (issuer,) in rows]


def link(connection: Connection, issuer: str, subject: str, account: str, now: float) -> None:
    """Link an account with a person of a provider."""
    connection.execute(_LINK, {"issuer": issuer, "subject": subject, "account": account, "now": now})


def unlink(connection: Connection, account: str) -> bool:
    """Remove the links of an account with providers; tell whether there were any."""
    gone = connection.execute("DELETE FROM account_identities WHERE account = :id", {"id": account})
    return gone.rowcount > 0
