"""Find the author of a call of the data layer: Chainlit does not name one."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from chainlit.context import ChainlitContextException, get_context
from chainlit.session import BaseSession, WebsocketSession

# The routes for feedback and threads have no session. Each of them looks up the logged-in user first, in the
# same task: that user is the author.
_logged_in: ContextVar[str | None] = ContextVar("attest_logged_in", default=None)


def remember_login(identifier: str) -> None:
    """Remember the user whom this task looked up."""
    _logged_in.set(identifier)


def author_id() -> str | None:
    """Return the account id of the author; "" for a session without a user, None for the application."""
    session = _session()
    if session is None:
        return _logged_in.get()
    return "" if session.user is None else session.user.identifier


def session_state() -> dict[str, Any] | None:
    """Return what Chainlit writes of a browser's session only at its end, which a kill would lose."""
    session = _session()
    return session.to_persistable() if isinstance(session, WebsocketSession) else None


def _session() -> BaseSession | None:
    try:
        return get_context().session
    except ChainlitContextException:
        return None
