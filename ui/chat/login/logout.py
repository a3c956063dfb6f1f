"""End sessions: one that its person ends, and every socket of one that is over."""

from __future__ import annotations

import asyncio

from chainlit import server
from chainlit.session import WebsocketSession, ws_sessions_sid

from graph.errors import AttestError
from ui.chat.login import current_user
from ui.server.people.session_token import session_of

LOOK_SECONDS = 1.0
"""How often it is looked whether the sessions of open sockets are over: another process may end them."""


async def end(token: str | None) -> None:
    """End the session that a login stands for, and close its sockets: what was kept of it opens nothing."""
    session = session_of(token) if token else None
    if session:
        await current_user.sessions().end(session)
        await close_ended()


async def watch() -> None:
    """Close the sockets of sessions that are over, as long as the server runs."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await close_ended()
        except AttestError:  # the database does not answer: what it says of the others is asked again
            continue


async def close_ended() -> None:
    """Close every socket whose session is over; the page loads anew, and shows the login."""
    opened = [each for each in ws_sessions_sid.values() if each.token]
    standing = await current_user.standing({str(each.token) for each in opened})
    for session in opened:
        if session.token not in standing:
            await _close(session)


async def _close(session: WebsocketSession) -> None:
    socket = session.socket_id
    session.to_clear = True
    await server.sio.emit("reload", {}, to=socket)
    await server.sio.disconnect(socket)
