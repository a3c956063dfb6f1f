"""Read what stands for the login of a browser, as Chainlit signed it."""

from __future__ import annotations

from graph.doors import Doors
from ui.people.accounts import Account, Accounts
from ui.people.oauth import account_of_session

BY = "by"
PROVIDER = "provider"
"""What the token of a login says where a provider vouched for the person, and no password."""


def account_of_token(token: str, *, doors: Doors, accounts: Accounts) -> Account | None:
    """Return the account a browser is logged in to, as it stands now; None where that is over.

    The token alone says who vouched: what is stored of a person tells of their latest login, which may have
    been another.
    """
    from chainlit.auth.jwt import decode_jwt, get_jwt_secret  # noqa: PLC0415  # two seconds, loaded by the chat
    from jwt import InvalidTokenError  # noqa: PLC0415  # as above

    if not get_jwt_secret():
        return None
    try:
        user = decode_jwt(token)
    except (InvalidTokenError, KeyError, TypeError):
        return None
    by_provider = (user.metadata or {}).get(BY) == PROVIDER
    return account_of_session(user.identifier, by_provider=by_provider, doors=doors, accounts=accounts)
