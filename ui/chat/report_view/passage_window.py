"""Cut a cited passage and the text around it out of a stored text, never the whole text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from graph.untrusted import Untrusted
from guards.visible_text import visible

CONTEXT = 1_200
"""The number of characters shown on each side of a passage at first."""
STEP = 4_000
"""The number of characters shown at each request for more."""
_NEAR = 60
"""The number of characters that a cut may move to fall between two words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWindow:
    """Hold `text[start:end]` of a stored text; offsets count Unicode code points."""

    start: int
    end: int
    text: Untrusted

    def shown(self) -> str:
        """Return the text for the screen: characters that act or hide are replaced by a sign."""
        return visible(self.text.reveal())


def window(text: Untrusted, start: int, end: int) -> TextWindow:
    """Return a window; bounds outside the text are moved to its ends."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    return TextWindow(start=start, end=end, text=text.part(start, end))


def before(text: Untrusted, at: int, most: int) -> TextWindow:
    """Return at most `most` characters before a place, from the start of a word where one is near."""
    whole = window(text, at - most, at)
    words = whole.text.reveal()
    return whole if whole.start == 0 else window(text, whole.start + _first_cut(words), whole.end)


def after(text: Untrusted, at: int, most: int) -> TextWindow:
    """Return at most `most` characters after a place, to the end of a word where one is near."""
    whole = window(text, at, at + most)
    words = whole.text.reveal()
    return whole if whole.end == len(text) else window(text, whole.start, whole.end - _last_cut(words))


def holds(text: Untrusted, start: int, end: int, quote: str) -> bool:
    """Tell whether `text[start:end]` is the quote."""
    return end <= len(text) and text.part(start, end).reveal() == quote


def _first_cut(words: str) -> int:
    """Return how many characters to drop at the start, so that no word and no letter is cut."""
    blank = next((at for at, letter in enumerate(words[:_NEAR]) if letter.isspace()), None)
    if blank is not None:
        return blank + 1
    return next((at for at, letter in enumerate(words[:_NEAR]) if not _is_mark(letter)), 0)


def _last_cut(words: str) -> int:
    """Return how many characters to drop at the end, so that no word is cut."""
    return next((at for at, letter in enumerate(reversed(words[-_NEAR:])) if letter.isspace()), 0)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"
