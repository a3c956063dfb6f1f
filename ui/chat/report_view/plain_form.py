"""Write a report as the text of a chat message: for search, for copying, and where no element is drawn."""

from __future__ import annotations

import re
from collections import defaultdict, deque

from ui.chat.report_view.numbered_passages import Report
from ui.report.report_markdown import report_markdown

# Chainlit's Markdown makes a directive of a colon before a letter or a colon, and shows nothing of it; code
# is left alone, and so is a colon that is escaped already.
_TOKEN = re.compile(r"`+|\\.|:(?=[A-Za-z:])", re.DOTALL)
_TICKS = re.compile(r"`+")


def plain_form(report: Report) -> str:
    """Return the whole report as Markdown that only shows words in Chainlit."""
    return undirected(report_markdown(report))


def undirected(markdown: str) -> str:
    """Keep Chainlit from reading directives in Markdown that is harmless elsewhere."""
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
    """Return where rows of backticks begin, by their length: code ends at a row as long as its first."""
    rows: dict[int, deque[int]] = defaultdict(deque)
    for row in _TICKS.finditer(markdown):
        rows[len(row[0])].append(row.start())
    return rows


def _closed(rows: deque[int], opening: re.Match[str]) -> int:
    """Return where the code ends that a row of backticks begins, or the row itself where none does."""
    while rows and rows[0] < opening.end():
        rows.popleft()
    return rows[0] + len(opening[0]) if rows else opening.end()
