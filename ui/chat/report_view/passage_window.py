"""Cut a cited passage and what stands around it out of a stored text: never the whole of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from graph.untrusted import Untrusted
from ui.terminal.visible_text import visible

CONTEXT = 1_200
"""How many characters are shown on each side of a passage at first."""
STEP = 4_000
"""How many more are shown at a time."""
_NEAR = 60
"""How far a cut may move to fall between two words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold `text[start:end]` of a stored text, to be shown; offsets count Unicode code points."""

    start: int
    end: int
    text: Untrusted

    def shown(self) -> str:
        """Return the words for the screen: what acts or hides is replaced by a sign, nothing else changes."""
        return visible(self.text.reveal())


def part(text: Untrusted, start: int, end: int) -> Part:
    """Cut a part out; bounds beyond the text are moved to its ends."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    return Part(start=start, end=end, text=text.part(start, end))


def before(text: Untrusted, at: int, most: int) -> Part:
    """Return at most `most` characters that end at a place, beginning with a whole word where one is near."""
    whole = part(text, at - most, at)
    words = whole.text.reveal()
    return whole if whole.start == 0 else part(text, whole.start + _first_cut(words), whole.end)


def after(text: Untrusted, at: int, most: int) -> Part:
    """Return at most `most` characters from a place on, ending with a whole word where one is near."""
    whole = part(text, at, at + most)
    words = whole.text.reveal()
    return whole if whole.end == len(text) else part(text, whole.start, whole.end - _last_cut(words))


def holds(text: Untrusted, start: int, end: int, quote: str) -> bool:
    """Tell whether the quote is what stands there."""
    return end <= len(text) and text.part(start, end).reveal() == quote


def _first_cut(words: str) -> int:
    """Return how much to leave out at the beginning, so that no word and no letter is cut in two."""
    blank = next((at for at, letter in enumerate(words[:_NEAR]) if letter.isspace()), None)
    if blank is not None:
        return blank + 1
    return next((at for at, letter in enumerate(words[:_NEAR]) if not _is_mark(letter)), 0)


def _last_cut(words: str) -> int:
    """Return how much to leave out at the end, so that no word is cut in two."""
    return next((at for at, letter in enumerate(reversed(words[-_NEAR:])) if letter.isspace()), 0)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"
