"""Know who is behind a call of Chainlit's, which names nobody."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from chainlit.context import ChainlitContextException, get_context
from chainlit.session import BaseSession, WebsocketSession

# The routes for feedback and threads have no session. Each of them looks up who is logged in first, in the
# same task, so that is who asks.
_arrived: ContextVar[str | None] = ContextVar("attest_arrived", default=None)


def arrived(identifier: str) -> None:
    """Note who logged in for what follows in this task."""
    _arrived.set(identifier)


def asker() -> str | None:
    """Return who is logged in, "" when a session has nobody, None when the application itself writes."""
    session = _session()
    if session is None:
        return _arrived.get()
    return "" if session.user is None else session.user.identifier


def session_state() -> dict[str, Any] | None:
    """Return what Chainlit would write of a browser's session when it ends, which a kill would lose."""
    session = _session()
    return session.to_persistable() if isinstance(session, WebsocketSession) else None


def _session() -> BaseSession | None:
    try:
        return get_context().session
    except ChainlitContextException:
        return None
