"""Read the session of the chat: the one place of the API that knows Chainlit."""

from __future__ import annotations

from fastapi import Request

from graph.settings import Settings
from ui.accounts import Account, Accounts
from ui.oauth import account_of_session
from ui.web.desk import Visitor


def by_session(settings: Settings, accounts: Accounts) -> Visitor:
    """Return who reads the cookie that Chainlit signed; what its account may do is looked up anew."""

    async def visitor(request: Request) -> Account | None:
        from chainlit.auth import get_token_from_cookies  # noqa: PLC0415  # two seconds, loaded by the chat
        from chainlit.auth.jwt import decode_jwt, get_jwt_secret  # noqa: PLC0415  # as above
        from jwt import InvalidTokenError  # noqa: PLC0415  # as above

        token = get_token_from_cookies(request.cookies)
        if not token or not get_jwt_secret():
            return None
        try:
            user = decode_jwt(token)
        except (InvalidTokenError, KeyError, TypeError):
            return None
        by_provider = bool((user.metadata or {}).get("provider"))
        return account_of_session(
            user.identifier, by_provider=by_provider, doors=settings.doors, accounts=accounts
        )

    return visitor
