"""Show a quote and the text around it without the markup of their source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from guards.visible_text import visible
from ui.report.readable_lines import as_text, readable_lines

_OPENS, _CLOSES = "\ufdd2", "\ufdd3"  # noncharacters, which no text holds: they stand around the quote
_SIGNS = re.compile(f"[{_OPENS}{_CLOSES}]")
_BLOCK_MARK = re.compile(
    r"(?:[ \t\n]*+(?:(?:`{3,}+|~{3,}+)[^`\n]*+\n"
    r"|#{1,6}[ \t]++|>[ \t]?+|(?:[-*+]|\d{1,9}[.)])[ \t]++(?:\[[ xX]\][ \t]++)?+|\|))*+[ \t\n]*+"
)
_END_MARK = re.compile(r"\n[ \t]*+(?:`{3,}+|~{3,}+)[ \t\n]*+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """Hold what a person reads: the words before a quote, the quote, and the words after it."""

    before: str
    quote: str
    after: str


def shown_passage(before: str, quote: str, after: str, *, fenced: bool = False) -> ShownPassage:
    """Read all three as one text, since emphasis, links and code reach over the ends of a quote.

    `fenced` says that the text begins inside a block of code. Where the ends of the quote are lost in the
    markup, the three are read one by one.
    """
    before, quote, after = (_SIGNS.sub("\ufffd", part) for part in (before, quote, after))
    begins = 0 if fenced or not _begins_line(before) else _marked(quote)
    ends = max(begins + 1, _ended(quote))
    whole = f"{before}{quote[:begins]}{_OPENS}{quote[begins:ends]}{_CLOSES}{quote[ends:]}{after}"
    shown = as_text(readable_lines(whole, fenced=fenced))
    head, opened, rest = shown.partition(_OPENS)
    inside, closed, tail = rest.partition(_CLOSES)
    if not (opened and closed and inside.strip()):
        return ShownPassage(before=_alone(before), quote=_alone(quote) or visible(quote), after=_alone(after))
    lead = head[head.rfind("\n") + 1 :] if begins else ""
    return ShownPassage(before=head.removesuffix(lead) if lead else head, quote=lead + inside, after=tail)


def first_cut(words: str, near: int) -> int:
    """Return how many of the first `near` characters to drop, so that no line or word is cut."""
    begun = words[:near]
    if (line := begun.find("\n")) >= 0:
        return line + 1
    blank = next((at for at, letter in enumerate(begun) if letter.isspace()), None)
    if blank is not None:
        return blank + 1
    return next((at for at, letter in enumerate(begun) if not _is_mark(letter)), 0)


def last_cut(words: str, near: int) -> int:
    """Return how many of the last `near` characters to drop, so that no line or word is cut."""
    ended = words[len(words) - near :]
    if (line := ended.rfind("\n")) >= 0:
        return len(ended) - line
    return next((at for at, letter in enumerate(reversed(ended)) if letter.isspace()), 0)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def _begins_line(before: str) -> bool:
    return not before.rpartition("\n")[2].strip()


def _marked(quote: str) -> int:
    """Return how many characters at the start of a quote are the marks of its line."""
    found = _BLOCK_MARK.match(quote)
    return found.end() if found and found.end() < len(quote) else 0


def _ended(quote: str) -> int:
    """Return where the words of a quote end: before the last edge of a row, and the fence of its code."""
    fence = _END_MARK.search(quote)
    return fence.start() if fence else len(quote.rstrip(" \t\n|"))


def _alone(text: str) -> str:
    return as_text(readable_lines(text))
