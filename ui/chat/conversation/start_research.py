"""Start a run for a message, and show it to its end."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import chainlit as cl
from chainlit.context import context

from graph.errors import AttestError, Refused
from graph.history import new_run_id
from graph.options import Options
from graph.people.accounts import Account
from graph.people.attachments import AttachmentResult, IncomingFile, folder_of, has_files, keep_files
from guards.policy.access import Action
from guards.request import is_request_allowed
from ui.catalogue import _
from ui.chat.chat_context import ChatContext
from ui.chat.conversation.private_question import is_private
from ui.chat.conversation.run_choices import options
from ui.chat.run_view.run_view import show_run
from ui.report.markdown_escaping import phrase


async def start_research(chat: ChatContext, message: cl.Message) -> None:
    """Keep the files of a message, start a run for its question and show it; say in a line what is wrong."""
    try:
        person = await chat.user.require(Action.RESEARCH)
        folder = folder_of(chat.settings.home, person.id, context.session.thread_id)
        await _attach(message.elements, folder)
        question = _question(message)
        if question:
            chosen = await asyncio.to_thread(_options, chat, folder, person)
            await _run(chat, question, replace(chosen, private=await is_private(chat, person, question)))
    except AttestError as error:
        await cl.Message(content=phrase(str(error))).send()


async def _run(chat: ChatContext, question: str, chosen: Options) -> None:
    """Start a run and wait until it is shown to its end; where this is cancelled, the view goes on."""
    run_id = new_run_id(time.time())
    events = chat.app.run(question, chosen, run_id=run_id, most=await chat.user.most_budget())
    run = await chat.runs.begin(run_id, events, asker=chosen.user)
    await asyncio.shield(show_run(chat, run, chosen))


def _question(message: cl.Message) -> str:
    """Return the question of a message; "" for files alone. Raises Refused for one that is not allowed."""
    text = message.content.strip()
    if not text and message.elements:
        return ""
    decision = is_request_allowed(text)
    if not decision.allowed:
        raise Refused(decision.reason)
    return text


def _options(chat: ChatContext, folder: Path, person: Account) -> Options:
    session = context.session
    attached = folder if has_files(folder) else None
    return options(session.chat_settings, session.chat_profile, person, chat.settings, attached)


async def _attach(elements: list[Any], folder: Path) -> None:
    sent = [
        IncomingFile(name=each.name, path=Path(each.path)) for each in elements if getattr(each, "path", None)
    ]
    if not sent:
        return
    message = cl.Message(content="")
    results: list[AttachmentResult] = []
    keeping = keep_files(sent, folder, time.time)
    for at, file in enumerate(sent, start=1):
        await _show(
            message,
            _("Reading {name} ({number} of {all}) …").format(
                name=phrase(file.name), number=at, all=len(sent)
            ),
        )
        results.append(await asyncio.to_thread(next, keeping))
    await asyncio.to_thread(keeping.close)
    await _show(message, "\n".join(_result_lines(results)))


async def _show(message: cl.Message, text: str) -> None:
    """Send a message, or update one that was sent."""
    message.content = text
    await (message.update() if message.created_at else message.send())


def _result_lines(results: list[AttachmentResult]) -> list[str]:
    good = [phrase(each.name) for each in results if not each.reason]
    head = (
        [_("Questions in this conversation are answered from: {names}").format(names=", ".join(good))]
        if good
        else []
    )
    return [
        *head,
        *(
            "- " + _("not used: {name}: {reason}").format(name=phrase(each.name), reason=phrase(each.reason))
            for each in results
            if each.reason
        ),
    ]
