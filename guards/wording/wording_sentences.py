"""Where does a sentence of a text end?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guards.wording.wording_words import ABBREVIATIONS

_PARAGRAPH = re.compile(
    r"\n[ \t]*(?=\n|[-*+•|#>][ \t])"
    r"|(?<=[.:;!?])[ \t]*\n[ \t]*(?=\d{1,3}[.)][ \t])"  # inside a sentence, "10." is a number
)
_STOP = re.compile(r"[.!?]['\"”’)\]]{0,3}\s+")  # noqa: RUF001 - typographic quotation marks
_LAST_WORD = re.compile(r"[^\s(]{1,8}\Z")
_CELLS = frozenset("|\t")
_REACH = 12  # more characters than the longest abbreviation


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text at its stops, empty lines, items and rows; a line break alone is a blank."""
    return tuple(
        flat
        for paragraph in _PARAGRAPH.split(_rows_apart(text))
        for piece in _at_stops(" ".join(paragraph.split()))
        if any(map(str.isalnum, flat := piece.strip()))
    )


def _rows_apart(text: str) -> str:
    """Put each row of a table between empty lines: its cells say nothing of those of another."""
    lines = text.split("\n")
    return "\n".join(f"\n{line}\n" if is_row(line.strip()) else line for line in lines)


def is_row(line: str) -> bool:
    """Tell cells with signs between them, and cells that are named: "City: Oslo; Parks: 5"."""
    return not _CELLS.isdisjoint(line) or sum(": " in part for part in line.split("; ")) > 1


def _at_stops(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        following = text[stop.end() : stop.end() + 1]
        last = _LAST_WORD.search(text, max(0, stop.start() - _REACH), stop.start())
        marker = text[start : stop.start()].strip().isdigit()
        short = marker or (last is not None and text[stop.start()] == "." and _is_short(last[0]))
        if not short and not following.islower():
            yield text[start : stop.end()]
            start = stop.end()
    yield text[start:]


def _is_short(word: str) -> bool:
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha())
