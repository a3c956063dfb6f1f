"""Ask: from a message to a run under way."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import chainlit as cl
from chainlit.context import context

from graph.errors import AttestError, Refused
from graph.options import Options
from graph.run_id import new_run_id
from guards.policy.access import Action
from guards.request import is_request_allowed
from ui.chat.conversation.attachments import Incoming, Kept, folder_of, has_files, keep
from ui.chat.conversation.private_question import is_private
from ui.chat.conversation.run_choices import options
from ui.chat.login.current_user import asker, demand, most_budget
from ui.chat.run_view.run_view import watch
from ui.report.markdown_escaping import phrase
from ui.server.people.accounts import Account
from ui.server.server_context import served


async def ask(message: cl.Message) -> None:
    """Research what a message asks, in front of whoever sent it."""
    try:
        await demand(Action.RESEARCH)
        who = await asker()
        folder = _folder(who)
        await _attach(message.elements, folder)
        question = _question(message)
        if question:
            chosen = await asyncio.to_thread(_options, folder, who)
            await _run(question, replace(chosen, private=await is_private(question)))
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()


async def _run(question: str, chosen: Options) -> None:
    """Begin a run and stay until it is shown to its end; whoever is sent away leaves the painter at work."""
    current = served()
    run_id = new_run_id(time.time())
    events = current.app.run(question, chosen, run_id=run_id, most=await most_budget())
    carried = await current.runs.begin(run_id, events, asker=chosen.user)
    await asyncio.shield(watch(carried, chosen))


def _question(message: cl.Message) -> str:
    """Return the question of a message; files may come without one."""
    text = message.content.strip()
    if not text and message.elements:
        return ""
    decision = is_request_allowed(text)
    if not decision.allowed:
        raise Refused(decision.reason)
    return text


def _folder(who: Account) -> Path:
    return folder_of(served().settings.home, who.id, context.session.thread_id)


def _options(folder: Path, who: Account) -> Options:
    session = context.session
    attached = folder if has_files(folder) else None
    return options(session.chat_settings, session.chat_profile, who, served().settings, attached)


async def _attach(elements: list[Any], folder: Path) -> None:
    sent = [
        Incoming(name=each.name, path=Path(each.path)) for each in elements if getattr(each, "path", None)
    ]
    if not sent:
        return
    told = cl.Message(content="")
    kept: list[Kept] = []
    keeping = keep(sent, folder, time.time)
    for at, file in enumerate(sent, start=1):
        await _say(told, f"Reading {phrase(file.name)} ({at} of {len(sent)}) …")
        kept.append(await asyncio.to_thread(next, keeping))
    await asyncio.to_thread(keeping.close)
    await _say(told, "\n".join(_kept(kept)))


async def _say(message: cl.Message, text: str) -> None:
    """Send a message, or change one that was sent."""
    message.content = text
    await (message.update() if message.created_at else message.send())


def _kept(kept: list[Kept]) -> list[str]:
    good = [phrase(each.name) for each in kept if not each.reason]
    head = [f"Questions in this conversation are answered from: {', '.join(good)}"] if good else []
    return [
        *head,
        *(f"- not used: {phrase(each.name)}: {phrase(each.reason)}" for each in kept if each.reason),
    ]
