"""Read the session token of a browser, as Chainlit signed it."""

from __future__ import annotations

from collections.abc import Collection

from graph.people.accounts import Account
from graph.people.sessions import Sessions

SESSION = "session"
"""What the token of a login calls the id of its session."""


async def account_of_token(token: str, sessions: Sessions) -> Account | None:
    """Return the present account of a browser's session; None where the session has ended."""
    return (await accounts_of_tokens([token], sessions)).get(token)


async def accounts_of_tokens(tokens: Collection[str], sessions: Sessions) -> dict[str, Account]:
    """Return the accounts of several tokens by one query, without ended sessions."""
    read = {token: signed for token in tokens if (signed := _read(token))}
    standing = await sessions.accounts([session for session, _ in read.values()])
    return {
        token: account
        for token, (session, identifier) in read.items()
        if (account := standing.get(session)) and account.id == identifier
    }


def session_of(token: str) -> str | None:
    """Return the session id of a token, whether or not the session has ended."""
    signed = _read(token)
    return signed[0] if signed else None


def _read(token: str) -> tuple[str, str] | None:
    """Return the ids of the session and the account that Chainlit signed."""
    from chainlit.auth.jwt import decode_jwt, get_jwt_secret  # noqa: PLC0415  # two seconds, loaded by the chat
    from jwt import InvalidTokenError  # noqa: PLC0415  # as above

    if not get_jwt_secret():
        return None
    try:
        user = decode_jwt(token)
    except (InvalidTokenError, KeyError, TypeError):
        return None
    session = (user.metadata or {}).get(SESSION)
    return (session, user.identifier) if isinstance(session, str) else None
