"""Superscripts and subscripts of a PDF, told by the size and the height of their characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from tools.superscripts import subscript, superscript

# Shares of the height of the line. TeX sets scripts at 0.7 or 0.5, Word at 0.65, LibreOffice at 0.58, all
# raised by 0.25 to 0.4 and lowered by 0.1 to 0.2. Small capitals are as small, but stand on the line.
_SMALLEST, _SMALLER = 0.48, 0.88
_HIGHER, _LOWER = 0.12, -0.05
_NUMBER = re.compile(r"[\d+\-−–=()*†‡.,/%]+|[^\W\d_]")  # noqa: RUF001 - a true minus sign
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|re|e|o|a)\b")
_INDEXED = re.compile(r"[^\W\d_)\]][\d+−]|[)\]]\d")  # noqa: RUF001


class Glyph(NamedTuple):
    """Hold a character, the height of its font and that of the line it stands on, in points."""

    sign: str
    height: float
    base: float


def mixed(one: float, other: float) -> bool:
    """Tell whether two heights of characters are too different for one line of text."""
    return min(one, other) < _SMALLER * max(one, other)


def indexed(word: str) -> bool:
    """Tell whether a word may hold an index in its middle, as H2O does."""
    return _INDEXED.search(word) is not None


def scripted(glyphs: Sequence[Glyph]) -> str:
    """Return the text of a word, its raised and lowered characters written as such."""
    height = max(glyph.height for glyph in glyphs)
    base = next(glyph.base for glyph in glyphs if glyph.height == height)
    text = ""
    for style, run in groupby(glyphs, lambda glyph: style_of(glyph, height, base)):
        signs = "".join(glyph.sign for glyph in run)
        text += style(signs) if style and _is_script(signs, text) else signs
    return text


def style_of(glyph: Glyph, height: float, base: float) -> Callable[[str], str] | None:
    """Return how a character is written that stands in a line of some height, on some base."""
    if not _SMALLEST * height <= glyph.height < _SMALLER * height:
        return None
    if glyph.base - base > _HIGHER * height:
        return superscript
    return subscript if glyph.base - base < _LOWER * height else None


def _is_script(signs: str, before: str) -> bool:
    """Tell numbers, single letters and the ending of a number from the rest of a word after its initial."""
    return bool(_NUMBER.fullmatch(signs) or (before[-1:].isdigit() and _ORDINAL.match(signs)))
