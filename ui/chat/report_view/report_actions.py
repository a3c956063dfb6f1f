"""Hear the buttons of a report: the names here are the ones the elements call."""

from __future__ import annotations

import chainlit as cl

from ui.chat.chainlit.figure_element import drawing
from ui.chat.login.current_user import access, sitting
from ui.chat.report_view.report_access import Shelf
from ui.chat.report_view.report_requests import Desk, said
from ui.chat.report_view.source_view import View
from ui.server.server_context import served


@cl.action_callback("read_citation")
async def read_citation(action: cl.Action) -> View:
    """Answer the panel of a source with a citation and the words around it."""
    return await said((await _desk()).citation(action.payload))


@cl.action_callback("read_more")
async def read_more(action: cl.Action) -> View:
    """Answer the panel of a source with the next part of its text."""
    return await said((await _desk()).more(action.payload))


@cl.action_callback("look")
async def look(action: cl.Action) -> View:
    """Open a figure of a run in the side panel, with the same in words below it."""
    return await said(_shown(await _desk(), action))


async def _shown(desk: Desk, action: cl.Action) -> View:
    found = await desk.look(action.payload)
    drawn = await drawing(found.figure, name="Figure", display="side")
    words = cl.Text(name="In words", content=found.words, display="side")
    # The panel keeps what it shows when the key is the one it has: each opening has its own.
    await cl.ElementSidebar.set_elements([drawn, words], key=drawn.id)
    await cl.ElementSidebar.set_title(found.title)
    return {}


async def _desk() -> Desk:
    return Desk(shelf=Shelf(app=served().app, access=access(), reader=await sitting()))
