"""Lines of printed pages, joined back into the paragraphs they were set from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from tools.documents.formats.hyphens import broken
from tools.documents.formats.pdf_line import PdfLine

_ITEM = re.compile(r"[-*\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014\uf0b7]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_ENDED = re.compile(r"[.!?:;…。！？।]['\"\u201d\u2019)\]]?\W?[⁰¹²³⁴-⁹]{0,3}$")  # noqa: RUF001
# So many characters at the end of a line tell whether a sentence ends there.
_TAIL = 8
# In heights of letters: how far apart lines of a paragraph usually stand, and how far at most; the indent of
# a first line; how far apart the beginnings of lines of one column may be.
_LEADING, _FARTHEST = 1.2, 4.0
_INDENT = 0.7
_NEAR = 2.5
# A share: letters of one paragraph differ so much in size; so much wider is the blank between paragraphs; a
# line that is longer may go on in small letters.
_SIZES = 0.1
_WIDER = 1.25
_HALF = 0.6
_CJK = 0x2E80


def paragraphs(lines: Iterable[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield the lines of each paragraph, each heading and each row of a table."""
    lines = list(lines)
    pages = {number: _Layout(list(page)) for number, page in groupby(lines, lambda line: line.page)}
    paragraph: list[PdfLine] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph[-1], line, pages[paragraph[-1].page]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


class _Layout:
    """Hold what is usual on a page: where lines end, and how far apart they stand."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self._sides = sorted((line.box.left, line.box.right) for line in lines)
        self._widest = max(right - left for left, right in self._sides)
        self._lefts = [left for left, _ in self._sides]
        steps = sorted(
            step for above, line in pairwise(lines) if 0 < (step := _step(above, line)) < _FARTHEST
        )
        self.step = steps[len(steps) // 2] if steps else _LEADING

    def is_wide(self, line: PdfLine) -> bool:
        """Tell whether a line is no shorter than half the widest line."""
        return 2 * (line.box.right - line.box.left) >= self._widest

    @cache  # noqa: B019 - a page lives as long as its file is read
    def margin(self, left: float, near: float) -> float:
        """Return where the lines end that begin within `near` points of `left`."""
        first, last = bisect_left(self._lefts, left - near), bisect_right(self._lefts, left + near)
        rights = sorted(right for _, right in self._sides[first:last])
        return rights[len(rights) * 9 // 10] if rights else left


def _goes_on(above: PdfLine, line: PdfLine, page: _Layout) -> bool:
    """Tell whether a line continues the paragraph of the line above it."""
    height = max(above.box.height, line.box.height, 0.1)
    alike = abs(above.box.height - line.box.height) < _SIZES * height
    if above.row or line.row or not alike or _ITEM.match(line.text):
        return False
    if broken(above.text) and line.text[0].islower():
        return True
    ended = _ENDED.search(above.text[-_TAIL:]) is not None
    step = _step(above, line)
    if not 0 < step < _FARTHEST or not _overlap(above, line):
        # It stands in the next column or on the next page.
        return not ended and (line.text[0].islower() or (_full(above, line, page) and page.is_wide(above)))
    indented = line.box.left - above.box.left > _INDENT * height
    if step > _WIDER * page.step or (ended and indented and not _ITEM.match(above.text)):
        return False
    return _full(above, line, page) or (not ended and line.text[0].islower() and _long(above, page))


def _step(above: PdfLine, line: PdfLine) -> float:
    """Return how far below another a line stands, in heights of its letters."""
    if above.page != line.page:
        return _FARTHEST
    return (above.box.bottom - line.box.bottom) / max(above.box.height, line.box.height, 0.1)


def _overlap(above: PdfLine, line: PdfLine) -> bool:
    return min(above.box.right, line.box.right) > max(above.box.left, line.box.left)


def _full(above: PdfLine, line: PdfLine, page: _Layout) -> bool:
    """Tell whether the first word of a line had no room at the end of the line above it."""
    first = 1 if ord(line.text[0]) >= _CJK else len(line.text.split(" ", 1)[0])
    word = (line.box.right - line.box.left) * (first + 1) / len(line.text)
    return _right(above, page) - above.box.right < word


def _long(above: PdfLine, page: _Layout) -> bool:
    left = above.box.left
    return above.box.right - left > _HALF * (_right(above, page) - left)


def _right(line: PdfLine, page: _Layout) -> float:
    return max(line.box.right, page.margin(line.box.left, _NEAR * line.box.height))
