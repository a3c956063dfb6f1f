"""Plain text."""

from __future__ import annotations

from tools.documents.dates import dated_line
from tools.documents.decode import decode
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed

_LONGEST_TITLE = 120


def parse(data: bytes) -> Parsed:
    """Keep a text as it is written; a short first line that stands alone is its title."""
    text = normalise(decode(data))
    return Parsed(text=text, title=_title(text), published=dated_line(text))


def _title(text: str) -> str | None:
    first, _, rest = text.partition("\n")
    alone = rest.startswith("\n") and len(first) <= _LONGEST_TITLE
    return first.strip() if alone else None
