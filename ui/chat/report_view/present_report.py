"""Show a finished report in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import chainlit as cl

from graph.run.application import Application
from ui.chat.chainlit.custom_element import AttestElement
from ui.chat.report_view.follow_ups import follow_ups
from ui.chat.report_view.plain_form import plain_form
from ui.chat.report_view.report_view import report_view
from ui.chat.run_view.stable_ids import part_id

ELEMENT = "Report"
"""The file in `ui/public/elements` that draws a report."""


async def present(app: Application, run_id: str, report: Mapping[str, Any]) -> None:
    """Send a report: its Markdown for search, copies and plain clients, and the element that draws it."""
    proposed = [each.question for each in follow_ups(report)]
    offered = await app.answerable(run_id, proposed)
    # The ids come from the run and its end: two tabs that show one report store it once.
    end = str(report["timings"]["finished"])
    props = {**report_view(report, offered), "run": run_id}
    element = AttestElement(id=part_id(run_id, "report", end), name=ELEMENT, props=props, display="inline")
    message = cl.Message(
        content=plain_form(report), elements=[element], id=part_id(run_id, "message", "report", end)
    )
    await message.send()
