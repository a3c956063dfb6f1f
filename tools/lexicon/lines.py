"""Join the lines that one sentence may run over; headings, items, rows and code stand alone."""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A list bullet or number, a heading's hashes, the quotation mark of e-mail and Markdown.
_MARK = re.compile(r"\s*+(?:(?:#{1,6}|[-*+•‣◦▪·]|>++|\(?\d{1,3}[.)]|\(?[a-z]\))(?:\s++|$))*+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_FIELD = re.compile(r"\s*\w[\w ./-]{0,30}:(?:\s|$)")
_DENIAL = re.compile(r"\b(?:not|never|no|nobody|cannot|without|unless|except)\b|n['’]t\b", re.IGNORECASE)
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]")
_SHORT_LINE = 40  # columns: a wide sign fills two
_MANY_CELLS = 2
# A line that ends in one of these goes on; in one of the second kind only where it is no heading ("Log in").
_OPEN = frozenset(
    """a an the of and or than und oder der die das dem den des ein eine einem einen einer et ou le la les
    un une du el los las del y o il lo gli dei di della e os da do dos het een en och eller""".split()  # noqa: SIM905 - a list
)
_OPEN_IN_PROSE = frozenset(
    """about as at between by for from in into is are was were on over that through to under which with im
    am auf von vom zu zum zur mit für ist war dans par pour sur en con por para que de""".split()  # noqa: SIM905 - the same
)
_PROSE_WORDS = 4


class LineGroup(NamedTuple):
    """Hold the bounds of lines that belong together; code is not cut at its stops."""

    start: int
    end: int
    code: bool


def blocks(text: str) -> Iterator[LineGroup]:
    """Yield the blocks of a text in order, without the mark that each begins with."""
    start = end = offset = 0
    previous, fenced, code = "", False, False
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        body = line if fenced or mark is None else line[mark.end() :]
        marked = body.strip() != line.strip()
        fence = bool(_FENCE.match(line))
        empty = fence or not any(map(str.isalnum, body))
        if empty or fenced or marked or not previous or _breaks(previous, body):
            yield LineGroup(start, end, code)
            start, code = offset + len(line) - len(body), fenced
        offset += len(line)
        end = start if empty else offset
        previous = "" if empty or line.lstrip().startswith("#") else body
        fenced ^= fence
    yield LineGroup(start, end, code)


def _breaks(previous: str, line: str) -> bool:
    """Tell whether a line begins a new sentence: a field, a table row, or what follows a line left short."""
    if _FIELD.match(line) or (_is_row(previous) and _is_row(line)):
        return True
    if line.lstrip()[:1].islower() or not _is_short(previous):
        return False
    return not (previous.rstrip().endswith((",", ";", "-")) or _is_open(previous) or _is_denied(previous))


def _is_short(line: str) -> bool:
    bare = line.strip()
    return len(bare) + (0 if bare.isascii() else len(_WIDE.findall(bare))) < _SHORT_LINE


def _is_open(line: str) -> bool:
    """Tell a line whose last word, an article or a preposition, wants another."""
    words = line.lower().split()
    return bool(words) and (
        words[-1] in _OPEN or (words[-1] in _OPEN_IN_PROSE and len(words) >= _PROSE_WORDS)
    )


def _is_denied(line: str) -> bool:
    """Tell a line with a denial and no stop: what follows is denied, be it a sentence or under a heading."""
    return _DENIAL.search(line) is not None and not line.rstrip().endswith((*".!?:…。！？", "|"))


def _is_row(line: str) -> bool:
    """Tell whether a line looks like a table's: cells parted by tabs, bars, or bare commas."""
    commas, spaced = line.count(","), line.count(", ")
    marks = max(line.count("|"), line.count(";"), line.strip().count("\t") * _MANY_CELLS)
    return marks >= _MANY_CELLS or commas - spaced > max(1, spaced)
