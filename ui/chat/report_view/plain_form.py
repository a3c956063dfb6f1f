"""Write a report as the Markdown of a chat message, for search, copies and clients without elements."""

from __future__ import annotations

import re
from collections import defaultdict, deque

from ui.chat.report_view.numbered_passages import Report
from ui.report.report_markdown import report_markdown

# Chainlit's Markdown reads a colon before a letter or a colon as a directive, and hides it. Code and escaped
# colons stay as they are.
_TOKEN = re.compile(r"`+|\\.|:(?=[A-Za-z:])", re.DOTALL)
_TICKS = re.compile(r"`+")


def plain_form(report: Report) -> str:
    """Return the whole report as Markdown without directives of Chainlit."""
    return without_directives(report_markdown(report))


def without_directives(markdown: str) -> str:
    """Escape what Chainlit would read as a directive; other Markdown readers show the same text."""
    closing = _ticks(markdown)
    written: list[str] = []
    at = 0
    for token in _TOKEN.finditer(markdown):
        if token.start() < at:
            continue  # inside code
        end = _closed(closing[len(token[0])], token) if token[0][0] == "`" else token.end()
        quieted = "\\:" if token[0] == ":" else markdown[token.start() : end]
        written += [markdown[at : token.start()], quieted]
        at = end
    return "".join([*written, markdown[at:]])


def _ticks(markdown: str) -> dict[int, deque[int]]:
    """Return the offsets of runs of backticks by length: code ends at a run as long as its first."""
    rows: dict[int, deque[int]] = defaultdict(deque)
    for row in _TICKS.finditer(markdown):
        rows[len(row[0])].append(row.start())
    return rows


def _closed(rows: deque[int], opening: re.Match[str]) -> int:
    """Return the end of the code that a run of backticks begins, or of the run where no code ends."""
    while rows and rows[0] < opening.end():
        rows.popleft()
    return rows[0] + len(opening[0]) if rows else opening.end()
