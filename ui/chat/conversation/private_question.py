"""Tell whether a report offered a question that holds words of the person's own documents."""

from __future__ import annotations

from graph.history import RunRow
from graph.people.accounts import Account
from guards.visible_text import one_line
from ui.chat.chat_context import ChatContext
from ui.chat.report_view.follow_ups import follow_ups

MOST_RUNS = 50
"""How many of a person's latest runs are read."""


async def is_private(chat: ChatContext, person: Account, question: str) -> bool:
    """Tell whether one of a person's latest reports offered a question with private words.

    A button sends the bare words, so the stored reports are searched: the mark survives a restart.
    """
    rows = await chat.app.asked_by(person.id, MOST_RUNS)
    return any(one_line(question) in _offered(row) for row in rows)


def _offered(row: RunRow) -> set[str]:
    """Return the private questions that the report of a run offers: all of them if the run was private."""
    if row.report is None:
        return set()
    return {one_line(each.question) for each in follow_ups(row.report) if each.private or row.options.private}
