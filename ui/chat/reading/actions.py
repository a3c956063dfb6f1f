"""Hear the buttons of a report: the names here are the ones the elements call."""

from __future__ import annotations

import chainlit as cl

from ui.chat.reading.asked import Desk, said
from ui.chat.reading.readers import judge_of, reader_of
from ui.chat.reading.source_view import View
from ui.served import served


@cl.action_callback("read_citation")
async def read_citation(action: cl.Action) -> View:
    """Answer the panel of a source with a citation and the words around it."""
    return await said(_desk().citation(action.payload))


@cl.action_callback("read_more")
async def read_more(action: cl.Action) -> View:
    """Answer the panel of a source with the next part of its text."""
    return await said(_desk().more(action.payload))


def _desk() -> Desk:
    user = cl.user_session.get("user")
    return Desk(
        app=served().app,
        judge=judge_of(served().settings.policies),
        reader=reader_of(user.identifier, user.metadata) if user else None,
    )
