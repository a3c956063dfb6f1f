"""Answer the actions of the elements that draw a report and its sources."""

from __future__ import annotations

import chainlit as cl

from ui.chat.chainlit.figure_element import figure_element
from ui.chat.chat_context import ChatContext
from ui.chat.report_view.report_access import ReportAccess
from ui.chat.report_view.report_requests import ReportRequests, answered
from ui.chat.report_view.source_view import View


async def read_citation(chat: ChatContext, action: cl.Action) -> View:
    """Return a citation and the text around it, for the panel of a source."""
    return await answered((await _requests(chat)).citation(action.payload))


async def read_more(chat: ChatContext, action: cl.Action) -> View:
    """Return the next part of a source, for its panel."""
    return await answered((await _requests(chat)).more(action.payload))


async def open_figure(chat: ChatContext, action: cl.Action) -> View:
    """Open a figure of a run in the side panel, with the same in words below it."""
    return await answered(_opened(await _requests(chat), action))


async def _opened(requests: ReportRequests, action: cl.Action) -> View:
    view = await requests.look(action.payload)
    drawn = await figure_element(view.figure, name="Figure", display="side")
    words = cl.Text(name="In words", content=view.words, display="side")
    # The panel does not change for a key that it shows already: each opening has a new key.
    await cl.ElementSidebar.set_elements([drawn, words], key=drawn.id)
    await cl.ElementSidebar.set_title(view.title)
    return {}


async def _requests(chat: ChatContext) -> ReportRequests:
    access = ReportAccess(app=chat.app, access=chat.user.access, reader=await chat.user.find())
    return ReportRequests(access=access)
