"""Handle two events of the page in place of Chainlit: Stop, and a connection that is back."""

from __future__ import annotations

import chainlit as cl
from chainlit import server, socket
from chainlit.context import init_ws_context
from chainlit.session import WebsocketSession

from ui.chat.chat_context import ChatContext
from ui.chat.run_view.run_view import stop_shown_runs

NOTHING_YET = "Stopped before anything was asked."


class SocketOverrides:
    """Handle the two events for the sessions of a chat."""

    def __init__(self, chat: ChatContext) -> None:
        self._chat = chat

    def install(self) -> None:
        """Replace the handlers of Chainlit."""
        server.sio.on("stop", self.stop)
        server.sio.on("connection_successful", self.connect)

    async def stop(self, socket_id: str) -> None:
        """Stop what a conversation works on: first the calls of its runs, then the handler of its message.

        Chainlit would first say that a task was stopped by hand, and wait until that is stored.
        """
        session = WebsocketSession.get(socket_id)
        if session is None:
            return
        init_ws_context(session)
        runs, handler = stop_shown_runs(self._chat), session.current_task
        busy = handler is not None and not handler.done()
        if handler is not None:
            handler.cancel()
        if busy and not runs:
            await cl.Message(content=NOTHING_YET).send()

    async def connect(self, socket_id: str) -> None:
        """Send the conversation again to a page that lost its connection, as to a page that opens it.

        What was sent in between reached no page. It is stored, so the page gets all of it, and runs under
        way are shown from their beginning.
        """
        session = WebsocketSession.require(socket_id)
        if session.restored and session.has_first_interaction:
            init_ws_context(session)
            self._chat.session.detach()
            session.thread_id_to_resume = session.thread_id
        await socket.connection_successful(socket_id)
