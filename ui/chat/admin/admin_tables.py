"""Operate: what administrators see of the installation, as tables that can be looked at again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import chainlit as cl
from chainlit.context import context
from chainlit.types import CommandDict

from graph import installation
from graph.caps import By
from graph.errors import AttestError, Refused
from guards.policy.access import Action
from ui.chat.admin.admin_charts import Chart, of_costs, of_runs
from ui.chat.admin.table_layout import Table, approvals, costs, status, tools
from ui.chat.chainlit.custom_element import Drawn
from ui.chat.chainlit.figure_element import drawing
from ui.chat.login.current_user import demand, may
from ui.chat.run_view.element_names import part
from ui.report.markdown_escaping import phrase
from ui.server.server_context import served

COMMANDS = {
    "status": ("Runs under way and the latest ones", "activity"),
    "costs": ("What was spent, by user, tool, model and day", "banknote"),
    "approvals": ("What waits for a person", "hand"),
    "tools": ("How every tool stands", "wrench"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold what a command shows."""

    table: Table
    charts: tuple[Chart, ...] = ()


async def offer() -> None:
    """Offer the commands to whoever may operate; nobody else sees them."""
    if await may(Action.OPERATE):
        await context.emitter.set_commands([_command(name) for name in COMMANDS])


def commanded(message: cl.Message) -> str | None:
    """Return the command of a message: the one that was chosen, or one that was typed out as `/costs`."""
    typed = message.content.strip().removeprefix("/")
    return message.command or (typed if message.content.startswith("/") and typed in COMMANDS else None)


async def command(message: cl.Message) -> None:
    """Show the table a command names, and its charts; a command of who may not operate is refused."""
    try:
        sheet = await _sheet(str(commanded(message)))
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()
        return
    place = str(uuid4())
    element = Drawn(name="Table", display="inline", props=_props(sheet, place))
    await cl.Message(content="", id=place, elements=[element]).send()
    await _draw(sheet, place)


async def refresh(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it is now, and send its charts anew where they stand."""
    try:
        sheet, place = await _sheet(str(payload.get("name"))), _place(payload)
        if place:
            await _draw(sheet, place)
    except AttestError as error:
        return {"ok": False, "said": str(error)}
    return {"ok": True, "table": _props(sheet, place)}


def _place(payload: Mapping[str, Any]) -> str:
    """Return the message that is looked at again; "" where an older page names none."""
    place = str(payload.get("place") or "")
    try:
        return str(UUID(place)) if place else ""
    except ValueError:
        raise Refused("this table names no message: reload the page") from None


def _props(sheet: Sheet, place: str) -> dict[str, Any]:
    return {**sheet.table.props(), "place": place}


async def _draw(sheet: Sheet, place: str) -> None:
    """Send the charts of a message, in order; the same chart there has the same id and replaces itself."""
    for each in sheet.charts:
        made = await drawing(each.figure, name=each.name, display="inline", id_=part(place, each.name))
        await made.send(for_id=place)


async def _sheet(name: str) -> Sheet:
    await demand(Action.OPERATE)
    match name:
        case "status":
            runs, here = await _runs(), {each.run_id for each in served().runs.under_way()}
            return Sheet(table=status(runs, here, time.time()), charts=of_runs(runs))
        case "costs":
            settings = served().settings
            spent = {by: await asyncio.to_thread(installation.list_costs, settings, by) for by in By}
            return Sheet(table=costs(spent, time.time()), charts=of_costs(spent))
        case "approvals":
            return Sheet(table=approvals(await _runs(), time.time()))
        case "tools":
            return Sheet(table=tools(await served().app.tools(), time.time()))
    raise Refused(f"there is no command {name!r}: choose one of {', '.join(COMMANDS)}")


async def _runs() -> list[Any]:
    """Return the latest runs, with the names of those who asked."""
    settings = served().settings
    return await asyncio.to_thread(installation.list_runs_by_name, settings, 200)


def _command(name: str) -> CommandDict:
    description, icon = COMMANDS[name]
    return CommandDict(
        id=name, description=description, icon=icon, button=False, persistent=False, selected=False
    )
