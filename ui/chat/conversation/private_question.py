"""Tell whether a question was offered by a report and holds words of a person's own documents."""

from __future__ import annotations

from graph.history import RunRow
from ui.chat.login.current_user import asker
from ui.chat.report_view.follow_ups import follow_ups
from ui.server.server_context import served
from ui.terminal.visible_text import one_line

MOST_RUNS = 50
"""How many of a person's latest runs are looked at."""


async def is_private(question: str) -> bool:
    """Tell whether one of the person's latest reports offered a question with private words.

    A button sends the bare words, so they are looked up anew: the mark holds after any restart.
    """
    rows = await served().app.asked_by((await asker()).id, MOST_RUNS)
    return any(one_line(question) in _offered(row) for row in rows)


def _offered(row: RunRow) -> set[str]:
    """Return the private questions that the report of a run offers; all of them if the run was private."""
    if row.report is None:
        return set()
    return {one_line(each.question) for each in follow_ups(row.report) if each.private or row.options.private}
