"""Show administrators the installation as tables and charts, and refresh them."""

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
from graph.history import RunRow
from guards.policy.access import Action
from ui.chat.admin.admin_charts import AdminChart, cost_charts, run_charts
from ui.chat.admin.table_layout import AdminTable, approvals, costs, status, tools
from ui.chat.chainlit.custom_element import AttestElement
from ui.chat.chainlit.figure_element import figure_element
from ui.chat.chat_context import ChatContext
from ui.chat.run_view.stable_ids import part_id
from ui.report.markdown_escaping import phrase

COMMANDS = {
    "status": ("Runs under way and the latest ones", "activity"),
    "costs": ("What was spent, by user, tool, model and day", "banknote"),
    "approvals": ("What waits for a person", "hand"),
    "tools": ("How every tool stands", "wrench"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandResult:
    """Hold what a command shows."""

    table: AdminTable
    charts: tuple[AdminChart, ...] = ()


async def offer_commands(chat: ChatContext) -> None:
    """Offer the commands to a person who may operate; nobody else sees them."""
    if await chat.user.may(Action.OPERATE):
        await context.emitter.set_commands([_command(name) for name in COMMANDS])


def command_of(message: cl.Message) -> str | None:
    """Return the command of a message: the one that was chosen, or one that was typed, as `/costs`."""
    typed = message.content.strip().removeprefix("/")
    return message.command or (typed if message.content.startswith("/") and typed in COMMANDS else None)


async def run_command(chat: ChatContext, message: cl.Message) -> None:
    """Show the table and charts of a command; say in a line why it is refused."""
    try:
        result = await _result(chat, str(command_of(message)))
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()
        return
    place = str(uuid4())
    element = AttestElement(name="Table", display="inline", props=_props(result, place))
    await cl.Message(content="", id=place, elements=[element]).send()
    await _send_charts(result, place)


async def refresh(chat: ChatContext, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it is now, and replace its charts."""
    try:
        result, place = await _result(chat, str(payload.get("name"))), _place(payload)
        if place:
            await _send_charts(result, place)
    except AttestError as error:
        return {"ok": False, "said": str(error)}
    return {"ok": True, "table": _props(result, place)}


def _place(payload: Mapping[str, Any]) -> str:
    """Return the id of the message to refresh; "" where an older page names none."""
    place = str(payload.get("place") or "")
    try:
        return str(UUID(place)) if place else ""
    except ValueError:
        raise Refused("this table names no message: reload the page") from None


def _props(result: CommandResult, place: str) -> dict[str, Any]:
    return {**result.table.props(), "place": place}


async def _send_charts(result: CommandResult, place: str) -> None:
    """Send the charts of a message in order; a chart has the same id each time and replaces itself."""
    for each in result.charts:
        id_ = part_id(place, each.name)
        element = await figure_element(each.figure, name=each.name, display="inline", id_=id_)
        await element.send(for_id=place)


async def _result(chat: ChatContext, name: str) -> CommandResult:
    await chat.user.require(Action.OPERATE)
    match name:
        case "status":
            runs, here = await _runs(chat), {each.run_id for each in chat.runs.under_way()}
            return CommandResult(table=status(runs, here, time.time()), charts=run_charts(runs))
        case "costs":
            spent = {by: await asyncio.to_thread(installation.list_costs, chat.settings, by) for by in By}
            return CommandResult(table=costs(spent, time.time()), charts=cost_charts(spent))
        case "approvals":
            return CommandResult(table=approvals(await _runs(chat), time.time()))
        case "tools":
            return CommandResult(table=tools(await chat.app.tools(), time.time()))
    raise Refused(f"there is no command {name!r}: choose one of {', '.join(COMMANDS)}")


async def _runs(chat: ChatContext) -> list[RunRow]:
    """Return the latest runs, with the names of the people who asked."""
    return await asyncio.to_thread(installation.list_runs_by_name, chat.settings, 200)


def _command(name: str) -> CommandDict:
    description, icon = COMMANDS[name]
    return CommandDict(
        id=name, description=description, icon=icon, button=False, persistent=False, selected=False
    )
