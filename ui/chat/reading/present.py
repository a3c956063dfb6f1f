"""Show a report in the current session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import chainlit as cl

from ui.chat.names import part
from ui.report_markdown import report_markdown


async def present(run_id: str, report: Mapping[str, Any]) -> None:
    """Send what shows a report."""
    message = cl.Message(content=report_markdown(report), id=part(run_id, "report"), metadata={"run": run_id})
    await message.send()
