"""Show a finished report in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import chainlit as cl

import ui.chat.report_view.report_actions  # noqa: F401  # hears the buttons of what is sent here
from ui.chat.chainlit.custom_element import Drawn
from ui.chat.report_view.plain_form import plain_form
from ui.chat.report_view.report_view import report_view
from ui.chat.run_view.element_names import part

ELEMENT = "Report"
"""The name of the file in `ui/public/elements` that draws a report."""


async def present(run_id: str, report: Mapping[str, Any]) -> None:
    """Send a report: its Markdown for search, copies and plain readers, and the element drawn over it."""
    # Named by the run and its end: two tabs that show one report keep it once.
    end = str(report["timings"]["finished"])
    props = {**report_view(report), "run": run_id}
    element = Drawn(id=part(run_id, "report", end), name=ELEMENT, props=props, display="inline")
    message = cl.Message(
        content=plain_form(report), elements=[element], id=part(run_id, "message", "report", end)
    )
    await message.send()
