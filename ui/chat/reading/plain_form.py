"""Write a report as the text of a chat message: for search, for copying, and where no element is drawn."""

from __future__ import annotations

import re

from ui.chat.reading.passages import Report
from ui.report_markdown import report_markdown

# Chainlit's Markdown makes a directive of a colon before a letter or a colon, and shows nothing of it; code
# is left alone, and so is a colon that is escaped already.
_DIRECTIVE = re.compile(r"(`+)[^`].*?(?<!`)\1(?!`)|\\.|:(?=[A-Za-z:])", re.DOTALL)


def plain_form(report: Report) -> str:
    """Return the whole report as Markdown that only shows words in Chainlit."""
    return undirected(report_markdown(report))


def undirected(markdown: str) -> str:
    """Keep Chainlit from reading directives in Markdown that is harmless elsewhere."""
    return _DIRECTIVE.sub(_quieted, markdown)


def _quieted(match: re.Match[str]) -> str:
    return "\\:" if match[0] == ":" else match[0]
