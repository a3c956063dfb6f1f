"""Cut a cited passage and the text around it out of a stored text, never the whole text."""

from __future__ import annotations

from dataclasses import dataclass

from graph.untrusted import Untrusted
from ui.report.readable_lines import as_text, is_fenced, readable_lines
from ui.report.shown_passage import ShownPassage, first_cut, last_cut, shown_passage

CONTEXT = 1_200
"""The number of characters shown on each side of a passage at first."""
STEP = 4_000
"""The number of characters shown at each request for more."""
_NEAR = 400
"""The number of characters that a cut may move to fall between two lines, or two words."""
_APART = 2
"""The number of line breaks that set two paragraphs apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWindow:
    """Hold `text[start:end]` of a stored text; offsets count Unicode code points."""

    start: int
    end: int
    text: Untrusted


def window(text: Untrusted, start: int, end: int) -> TextWindow:
    """Return a window; bounds outside the text are moved to its ends."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    return TextWindow(start=start, end=end, text=text.part(start, end))


def before(text: Untrusted, at: int, most: int) -> TextWindow:
    """Return at most `most` characters before a place, from the start of a line or word where one is near."""
    whole = window(text, at - most, at)
    if whole.start == 0:
        return whole
    return window(text, whole.start + first_cut(whole.text.reveal(), min(_NEAR, most - 1)), whole.end)


def after(text: Untrusted, at: int, most: int) -> TextWindow:
    """Return at most `most` characters after a place, to the end of a line or word where one is near."""
    whole = window(text, at, at + most)
    if whole.end == len(text):
        return whole
    return window(text, whole.start, whole.end - last_cut(whole.text.reveal(), min(_NEAR, most - 1)))


def holds(text: Untrusted, start: int, end: int, quote: str) -> bool:
    """Tell whether `text[start:end]` is the quote."""
    return end <= len(text) and text.part(start, end).reveal() == quote


def in_context(text: Untrusted, left: TextWindow, quote: TextWindow, right: TextWindow) -> ShownPassage:
    """Return a quote and what stands around it, as a person reads them."""
    parts = (left.text.reveal(), quote.text.reveal(), right.text.reveal())
    return shown_passage(*parts, fenced=is_in_code(text, left.start))


def is_in_code(text: Untrusted, at: int) -> bool:
    """Tell whether a place of a text stands in a block of code."""
    return is_fenced(text.part(0, at).reveal())


def shown(text: Untrusted, found: TextWindow) -> str:
    """Return a window for the screen: no markup, and a sign for each character that acts or hides.

    Blanks at both ends stay, so that what is shown step by step joins as it stands.
    """
    words = found.text.reveal()
    read = as_text(readable_lines(words, fenced=is_in_code(text, found.start)))
    return f"{_blank(words[: len(words) - len(words.lstrip())])}{read}{_blank(words[len(words.rstrip()) :])}"


def _blank(blanks: str) -> str:
    return "\n" * min(blanks.count("\n"), _APART) or " " * bool(blanks)
