"""Hear two events of the page before Chainlit does: Stop, and a connection that is there again."""

from __future__ import annotations

import chainlit as cl
from chainlit import server, socket
from chainlit.context import init_ws_context
from chainlit.session import WebsocketSession

from ui.chat.run_view.run_view import put_down, stop
from ui.server.server_context import served

NOTHING_YET = "Stopped before anything was asked."


async def stopped(socket_id: str) -> None:
    """End what is under way in a conversation: first its calls, then the handler of its message.

    Chainlit would first say that a task was stopped by hand, and wait until that is kept.
    """
    session = WebsocketSession.get(socket_id)
    if session is None:
        return
    init_ws_context(session)
    runs, asking = stop(served().app), session.current_task
    busy = asking is not None and not asking.done()
    if asking is not None:
        asking.cancel()
    if busy and not runs:
        await cl.Message(content=NOTHING_YET).send()


async def connected(socket_id: str) -> None:
    """Let a page that lost its connection be given the conversation anew, as one that is opened is.

    What was sent to it meanwhile reached nobody. It is kept, so the page gets all of it, and what is under
    way is painted from its beginning.
    """
    session = WebsocketSession.require(socket_id)
    if session.restored and session.has_first_interaction:
        init_ws_context(session)
        put_down()
        session.thread_id_to_resume = session.thread_id
    await socket.connection_successful(socket_id)


def hear() -> None:
    """Take the two events over from Chainlit."""
    server.sio.on("stop", stopped)
    server.sio.on("connection_successful", connected)
