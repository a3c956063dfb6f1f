"""Headings of a PDF, told by the size of their letters, by bold letters or by their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tools.documents.formats.pdf_line import PdfLine

Paragraph = Sequence[PdfLine]

_LARGER = 1.1
_LONGEST = 200
_LONGEST_BOLD = 100
_MOST_LINES = 3
_SENTENCE = re.compile(r"[.;,:?!]\W{0,2}$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[^\W\d_][^.!?;]{2,70}")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Headings:
    """Tell headings from text, by what is usual in the whole of a document."""

    def __init__(self, lines: Iterable[PdfLine]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_size(line)] += 0 if line.cells else len(line.text)
        self._usual = sizes.most_common(1)[0][0] if sizes else 0.0
        self._larger = sorted(
            (size for size, letters in sizes.items() if letters and size > _LARGER * self._usual),
            reverse=True,
        )

    def level(self, paragraph: Paragraph, after: Paragraph | None) -> int:
        """Return the level of a heading, 1 for the largest letters; 0 for text that is none."""
        first, text = paragraph[0], " ".join(line.text for line in paragraph)
        if first.row or len(paragraph) > _MOST_LINES or len(text) > _LONGEST or not _LETTERS.search(text):
            return 0
        if _size(first) in self._larger:
            return 1 + self._larger.index(_size(first))
        if not after or len(text) > _LONGEST_BOLD or _SENTENCE.search(text):
            return 0
        if all(line.bold for line in paragraph) and not after[0].bold and _size(first) >= self._usual:
            return 1 + len(self._larger)
        return self._numbered(text, after)

    def _numbered(self, text: str, after: Paragraph) -> int:
        """Return the level of a heading such as `3.1 Depths` above a sentence."""
        found = _NUMBERED.fullmatch(text)
        if not found or not _SENTENCE.search(after[-1].text) or _NUMBERED.fullmatch(after[0].text):
            return 0
        return 1 + len(self._larger) + found[1].count(".")


def _size(line: PdfLine) -> float:
    """Return the height of the letters of a line in half points."""
    return round(2 * line.box.height) / 2
