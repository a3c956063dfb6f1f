"""Does a quote hold whole sentences, rows or items of its text, so that no "not" is cut away?

Only the signs around a quote are looked at, no splitter: a later one changes no verdict.
"""

# ruff: noqa: RUF001 - the typographic signs in the patterns are meant

from __future__ import annotations

import re

_NEAR = 240
"""How many characters before and after a quote are looked at."""
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CLOSING = "\"'”’»)]*_」』）~`"
_STOPS = (".", "!", "?", "…", "。", "！", "？")
# What may stand between the start of a line and its first sentence: marks of lists, headings and quotations.
_MARKS = re.compile(r"(?>\(?\d{1,3}[.)]|\(?[a-z]\)|[\s#>*+•‣◦▪·|\"'“‘«(\[_¿¡~`-])*+")


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` begins where a line or sentence may, and ends where one may."""
    return _begins(text, start) and _ends(text, end)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR) : start]
    line = _LINE_END.split(before)[-1]
    if len(line) < _NEAR and _MARKS.fullmatch(line):
        return True
    bare = before.rstrip().rstrip("\"'“‘«([*_¿¡`").rstrip()
    return bare.rstrip(_CLOSING).endswith(_STOPS)


def _ends(text: str, end: int) -> bool:
    after = text[end : end + _NEAR]
    blanks = after[: len(after) - len(after.lstrip())]
    if blanks == after or _LINE_END.search(blanks):
        return True
    return text[max(0, end - _NEAR) : end].rstrip().rstrip(_CLOSING).endswith(_STOPS)
