"""List the tools and their state."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from graph import installation
from graph.config.settings import Settings
from graph.tool import Group, ToolState
from guards.visible_text import write_json
from ui.operate.amount_table import cut_table
from ui.terminal.event_words import dollars
from ui.terminal.interruptible import complete
from ui.terminal.streams import answer, answer_json, is_terminal

HEADINGS = ("NAME", "GROUP", "STATE", "PRICE", "LIMITS", "SUCCESS", "PURPOSE")
PIPED_COLUMNS = 200
_GROUPS = list(Group)


def show_tools(settings: Settings, *, as_json: bool) -> None:
    """Print every tool, by group, then by price, then by name."""
    tools = sorted(complete(_tools(settings), lambda: None), key=_place)
    now = time.time()
    if as_json:
        answer_json(write_json([tool_json(tool, now) for tool in tools]))
    else:
        columns = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else PIPED_COLUMNS
        answer("\n".join(table(tools, now, columns)))


def table(tools: Sequence[ToolState], now: float, columns: int) -> list[str]:
    """Return a line a tool; `now` in seconds since the epoch."""
    return cut_table(HEADINGS, [cells_of(tool, now) for tool in tools], columns)


def _place(tool: ToolState) -> tuple[int, int, str]:
    return _GROUPS.index(tool.spec.group), tool.spec.price, tool.spec.name


def cells_of(tool: ToolState, now: float) -> tuple[str, ...]:
    """Return the cells of a line under HEADINGS; `now` in seconds since the epoch."""
    spec = tool.spec
    return (
        spec.name,
        str(spec.group),
        _state(tool, now),
        "by use" if spec.worst else dollars(spec.price),
        ", ".join(filter(None, [f"{spec.at_once} at once", spec.rate])),
        f"{100 * tool.done / tool.calls:.0f} % of {tool.calls}" if tool.calls else "-",
        spec.purpose,
    )


def _state(tool: ToolState, now: float) -> str:
    if tool.missing:
        kind = "key" if tool.missing.endswith("_KEY") else "URL" if tool.missing.endswith("_URL") else "value"
        return f"no {kind}: set {tool.missing}"
    return f"breaker open until {_clock(tool.open_until)}" if tool.open_until > now else "ready"


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%H:%M:%S")


def tool_json(tool: ToolState, now: float) -> dict[str, object]:
    """Return the state of a tool in words; `now` in seconds since the epoch."""
    spec = tool.spec
    return {
        "name": spec.name,
        "version": spec.version,
        "group": str(spec.group),
        "purpose": spec.purpose,
        "state": "missing" if tool.missing else "open" if tool.open_until > now else "ready",
        "missing": tool.missing or None,
        "open_until": tool.open_until or None,
        "effects": spec.effects,
        "trust": str(spec.trust),
        "price_usd": dollars(spec.price).removeprefix("$"),
        "at_once": spec.at_once,
        "rate": spec.rate or None,
        "calls": tool.calls,
        "done": tool.done,
    }


async def _tools(settings: Settings) -> tuple[ToolState, ...]:
    async with installation.open_app(settings) as app:
        return await app.tools()
