"""Does a quote hold whole sentences, rows or items of its text, so that no "not" is cut away?

Only the characters around a quote are examined. No sentence splitter is used, so a later splitter changes no
verdict.
"""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re
from functools import lru_cache

from guards.claims import stops

_NEAR = 240
"""How many characters before and after a quote are looked at."""
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CLOSING = stops.CLOSING + "~"
_LATIN_STOPS = tuple(stops.LATIN)
_STOPS = (*_LATIN_STOPS, *stops.OTHER)
_STOPPED = re.compile(rf"(?:[{stops.LATIN}{stops.OTHER}]|[α-ωά-ώ][;;])\Z")
_NOTE = re.compile(rf"(?<![\]¹²³⁰-⁹])(?:{stops.FOOTNOTE})++\Z|(?<=[a-z]{{3}}\.)\d{{1,2}}\Z")
_SPELT_SMALL = re.compile(stops.SPELT_SMALL)
_FAR = 4_000
"""How many characters of a line that a sentence may run over are looked at."""
_APART = re.compile(r"[|;\t]|,\S|:(?:\s|\Z)")
_ITEM = re.compile(r"\s*\(?[a-z][.)](?:\s|\Z)")
# What may stand between the start of a line and its first sentence: marks of lists, headings and quotations.
_MARKS = re.compile(r"(?>\(?\d{1,3}[.)]|\(?[a-z]\)|[\s#>*+•‣◦▪·|\"'“‘«(\[_¿¡~`-])*+")


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` begins where a line or sentence may, and ends where one may."""
    return _begins(text, start) and _ends(text, end)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR) : start]
    line = _LINE_END.split(before)[-1]
    if len(line) < _NEAR and _MARKS.fullmatch(line):
        return bool(line.strip()) or not _is_wrapped(text, start - len(line))
    bare = before.rstrip().rstrip(stops.OPENING + "`").rstrip()
    return _is_stop(bare, text[start : start + _NEAR])


def _ends(text: str, end: int) -> bool:
    after = text[end : end + _NEAR]
    blanks = after[: len(after) - len(after.lstrip())]
    if blanks == after:
        return True
    if line_end := _LINE_END.search(blanks):
        stopped = _STOPPED.search(_bare(text[max(0, end - _NEAR) : end])) is not None
        return stopped or not _is_wrapped(text, end + line_end.end())
    return _is_stop(text[max(0, end - _NEAR) : end].rstrip(), after.lstrip())


def _is_stop(before: str, after: str) -> bool:
    """Tell a stop at the end of a sentence from one inside it, which a small letter follows."""
    bare = _bare(before)
    first = after.lstrip(stops.OPENING)
    inside = bare.endswith(_LATIN_STOPS) and first[:1].islower() and _SPELT_SMALL.match(first) is None
    return _STOPPED.search(bare) is not None and not inside


def _bare(before: str) -> str:
    """Return a text without the marks of notes and the signs that close a quote at its end."""
    return _NOTE.sub("", before).rstrip(_CLOSING).rstrip()


def _is_wrapped(text: str, at: int) -> bool:
    """Tell whether the line that begins there continues the sentence of the line before.

    It begins with a small letter, and neither line is a heading, a field, a row or code.
    """
    before = _LINE_END.split(text[max(0, at - _FAR) : max(0, at - 1)])[-1]
    line = _LINE_END.split(text[at : at + _NEAR], maxsplit=1)[0]
    if not line.strip()[:1].islower() or len(before) >= _FAR - 1 or before.lstrip().startswith("#"):
        return False
    if not any(map(str.isalnum, _MARKS.sub("", before, count=1))):
        return False
    if before.rstrip(_CLOSING + " ").endswith((*_STOPS, ":")):
        return False
    return not any(map(_APART.search, (before, line))) and _ITEM.match(line) is None and not _has_code(text)


@lru_cache(maxsize=1)
def _has_code(text: str) -> bool:
    return "```" in text or "~~~" in text
