"""End sessions: one that its person ends, and every socket of one that is over."""

from __future__ import annotations

import asyncio

from chainlit import server
from chainlit.session import WebsocketSession, ws_sessions_sid

from graph.errors import AttestError
from graph.people.sessions import Sessions
from ui.server.web.session_token import accounts_of_tokens, session_of

CHECK_SECONDS = 1.0
"""The time between two checks of the open sockets: another process may end their sessions."""


async def end_session(token: str | None, sessions: Sessions) -> None:
    """End the session of a login token and close its sockets, so that a copy of the token opens nothing."""
    session = session_of(token) if token else None
    if session:
        await sessions.end(session)
        await close_ended(sessions)


async def watch_sessions(sessions: Sessions) -> None:
    """Close the sockets of sessions that are over, as long as the server runs."""
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            await close_ended(sessions)
        except AttestError:  # the database does not answer: the next round asks again
            continue


async def close_ended(sessions: Sessions) -> None:
    """Close every socket whose session is over; the page reloads and shows the login."""
    opened = [each for each in ws_sessions_sid.values() if each.token]
    valid = await accounts_of_tokens({str(each.token) for each in opened}, sessions)
    for session in opened:
        if session.token not in valid:
            await _close(session)


async def _close(session: WebsocketSession) -> None:
    socket = session.socket_id
    session.to_clear = True
    await server.sio.emit("reload", {}, to=socket)
    await server.sio.disconnect(socket)
