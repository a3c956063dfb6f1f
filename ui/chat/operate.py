"""Operate: what administrators see of the installation, as tables that can be looked at again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import chainlit as cl
from chainlit.context import context
from chainlit.types import CommandDict

from graph.caps import By
from graph.errors import AttestError, Refused
from graph.stores.ledger_listing import list_costs
from guards.access import Action
from ui.chat.tables import Table, approvals, costs, status, tools
from ui.chat.who import demand, may
from ui.escaping import phrase
from ui.served import served
from ui.session import list_runs

COMMANDS = {
    "status": ("Runs under way and the latest ones", "activity"),
    "costs": ("What was spent, by user, tool, model and day", "banknote"),
    "approvals": ("What waits for a person", "hand"),
    "tools": ("How every tool stands", "wrench"),
}


async def offer() -> None:
    """Offer the commands to whoever may operate; nobody else sees them."""
    if may(Action.OPERATE):
        await context.emitter.set_commands([_command(name) for name in COMMANDS])


async def command(message: cl.Message) -> None:
    """Show the table a command names; a command of somebody who may not operate is refused."""
    try:
        made = await _table(str(message.command))
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()
        return
    element = cl.CustomElement(name="Table", display="inline", props=made.props())
    await cl.Message(content="", elements=[element]).send()


async def refresh(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it is now."""
    try:
        return {"ok": True, "table": (await _table(str(payload.get("name")))).props()}
    except AttestError as error:
        return {"ok": False, "said": str(error)}


async def _table(name: str) -> Table:
    demand(Action.OPERATE)
    match name:
        case "status":
            return status(await _runs(), {each.run_id for each in served().live.under_way()}, time.time())
        case "costs":
            path = served().settings.database
            return costs({by: await asyncio.to_thread(list_costs, path, by) for by in By}, time.time())
        case "approvals":
            return approvals(await _runs(), time.time())
        case "tools":
            return tools(await served().app.tools(), time.time())
    raise Refused(f"there is no command {name!r}: choose one of {', '.join(COMMANDS)}")


async def _runs() -> list[Any]:
    return await asyncio.to_thread(list_runs, served().settings, 200)


def _command(name: str) -> CommandDict:
    description, icon = COMMANDS[name]
    return CommandDict(
        id=name, description=description, icon=icon, button=False, persistent=False, selected=False
    )
