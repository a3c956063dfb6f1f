"""Read the chat session; only this module of the API knows Chainlit."""

from __future__ import annotations

from fastapi import Request

from graph.people.accounts import Account
from graph.people.sessions import Sessions
from ui.server.web.api_context import Visitor
from ui.server.web.session_token import account_of_token


def by_session(sessions: Sessions) -> Visitor:
    """Return a function that finds the account of Chainlit's cookie, and reads its rights anew."""

    async def visitor(request: Request) -> Account | None:
        from chainlit.auth import get_token_from_cookies  # noqa: PLC0415  # two seconds, loaded by the chat

        token = get_token_from_cookies(request.cookies)
        return await account_of_token(token, sessions) if token else None

    return visitor
