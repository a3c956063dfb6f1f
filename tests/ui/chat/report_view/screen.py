"""An emitter that records what Chainlit would send to a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import chainlit as cl
from chainlit.context import ChainlitContext, context_var
from chainlit.element import ElementDict
from chainlit.emitter import BaseChainlitEmitter
from chainlit.session import HTTPSession
from chainlit.step import StepDict

from graph.config.settings import Settings
from tests.fakes.app import settings
from tests.fakes.chainlit_home import token_of
from tests.fakes.chat_context import chat_of
from tests.ui.chat.report_view.reading_app import ReadingApp, known
from ui.chat.chat_context import ChatContext
from ui.server.server_context import serving


class Screen(BaseChainlitEmitter):
    """Record the messages, the elements and the events of a session."""

    def __init__(self, session: HTTPSession) -> None:
        super().__init__(session)
        self.messages: list[StepDict] = []
        self.elements: list[ElementDict] = []
        self.events: list[tuple[str, Any]] = []

    async def emit(self, event: str, data: Any) -> None:  # noqa: ANN401  # Chainlit's
        """Record an event."""
        self.events.append((event, data))

    async def send_step(self, step_dict: StepDict) -> None:
        """Record a message."""
        self.messages.append(step_dict)

    async def send_element(self, element_dict: ElementDict) -> None:
        """Record an element."""
        self.elements.append(element_dict)


@asynccontextmanager
async def watching(
    home: Path, app: ReadingApp, user: cl.User | None
) -> AsyncIterator[tuple[Screen, ChatContext]]:
    """Open a session of a user in the chat of an application."""

    @asynccontextmanager
    async def opened(_: Settings) -> AsyncIterator[ReadingApp]:
        yield app

    session = HTTPSession(
        id=str(home), client_type="webapp", thread_id=None, user=user, token=token_of(user), user_env=None
    )
    screen = Screen(session)
    token = context_var.set(ChainlitContext(session, screen))
    try:
        async with serving(settings(home), opened) as server:
            with known(home) as there:
                yield screen, chat_of(server, there.sessions)
    finally:
        context_var.reset(token)
        await session.delete()
