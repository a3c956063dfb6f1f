"""Cut a text into passages: the pieces that are indexed, ranked and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tools.lexicon.sentences import sentences

# A passage ends before the sentence that would take it past MOST words; a heading begins a new one once the
# passage has LEAST. On SciFact dev 100, 140, 180 and 250 words gave nDCG@10 0.697, 0.701, 0.708 and 0.708 (an
# earlier ranking): 180 is the shortest that loses nothing, and a shorter passage is a sharper citation.
MOST = 180
LEAST = 60
TAIL = 40  # so few words at the end of a text join the passage before
SEGMENT = 1_000_000  # characters that are cut at once
LONG_WORD = 8  # characters, with its blank
LONGEST_SENTENCE = 2000  # characters

_HEADING = re.compile(r"\s*#{1,6}\s+\S|[^\n]{1,120}\n(?:={3,}|-{3,})\s*(?:\n|$)")
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Return `(start, end)` of each passage: in order, apart, holding every character that is not blank.

    A border stands between sentences; a heading stays with what follows it. Only a sentence of more than
    2,000 characters is cut, at a blank where it has one.
    """
    spans = [
        (at + start, at + end)
        for at, segment in _segments(text)
        for start, end in (_trim(segment, *span) for span in _grouped(segment))
        if start < end
    ]
    return tuple(spans)


def _segments(text: str) -> Iterator[tuple[int, str]]:
    """Yield a long text in parts that end with a line, so that a million sentences are never held at once."""
    at = 0
    while len(text) - at > SEGMENT:
        end = (
            text.rfind("\n\n", at + SEGMENT // 2, at + SEGMENT) + 1 or text.rfind("\n", at, at + SEGMENT) + 1
        )
        if not end:
            break
        yield at, text[at:end]
        at = end
    yield at, text[at:] if at else text


def _grouped(text: str) -> Iterator[tuple[int, int]]:
    """Yield passages that touch: sentences are added while there is room."""
    begin = words = 0
    heading = False
    sized = [(start, end, _size(text, start, end)) for start, end in _pieces(text)]
    left = sum(size for _, _, size in sized)
    for start, _, size in sized:
        starts_section = _HEADING.match(text, start) is not None
        full = words + size > MOST and (left > TAIL or words + left > MOST + TAIL)
        if words and not heading and (full or (starts_section and words >= LEAST)):
            yield begin, start
            begin, words = start, 0
        words += size
        left -= size
        heading = starts_section
    yield begin, len(text)


def _size(text: str, start: int, end: int) -> int:
    """Count words; where blanks are rare, as in Chinese, characters stand in for them."""
    return max(len(text[start:end].split()), (end - start) // LONG_WORD)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield one piece a sentence, touching, each with the blanks and marks before it; cut those too long."""
    spans = sentences(text)
    borders = [_border(text, end, start) for (_, end), (start, _) in pairwise(spans)]
    for start, end in pairwise([0, *borders, len(text)]):
        at = start
        while end - at > LONGEST_SENTENCE:
            cut = _cut(text, at)
            yield at, cut
            at = cut
        yield at, end


def _border(text: str, end: int, start: int) -> int:
    """Return where the line of a sentence begins, mark and all, or the end of the sentence before it."""
    line_end = _LINE_END.search(text, end, start)
    return line_end.end() if line_end else end


def _cut(text: str, start: int) -> int:
    """Return the last blank within the longest sentence allowed, or its length where there is none."""
    for at in range(start + LONGEST_SENTENCE, start + LONGEST_SENTENCE // 2, -1):
        if text[at].isspace():
            return at
    return start + LONGEST_SENTENCE


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    blank_before = len(text[start:end]) - len(text[start:end].lstrip())
    return start + blank_before, start + max(blank_before, len(text[start:end].rstrip()))
