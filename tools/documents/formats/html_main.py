"""Which blocks of a page are its main text: what trafilatura finds, and what stands between."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml.etree import _Element  # type: ignore[import-untyped]

from graph.outline import PartKind
from tools.documents.formats.html_blocks import PageBlock, leads_elsewhere

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words: by chance no two sentences share four in a row
_SHARED = 0.6
_MOST = 0.9
_STRUCTURE = frozenset({PartKind.HEADING, PartKind.ROW, PartKind.CAPTION, PartKind.CODE})
_WHOLE_PAGE = frozenset({"body", "html"})


class MainText:
    """Tell blocks of the main text from the others by the words they share with it."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._lines = {_words(line) for paragraph in paragraphs for line in paragraph.split("\n")}
        # Over the borders of paragraphs: trafilatura parts a sentence where code stands in it.
        self._shingles = set(_shingles(_words("\n".join(paragraphs))))

    def holds(self, block: str) -> bool:
        """Tell whether most of a block stands in the main text."""
        said = _words(block)
        if said in self._lines:
            return bool(said)
        shingles = list(_shingles(said))
        return bool(shingles) and sum(map(self._shingles.__contains__, shingles)) >= _SHARED * len(shingles)


def chosen(found: Sequence[PageBlock], main: Sequence[str]) -> Iterator[PageBlock]:
    """Yield the blocks of the main text, and those that stand between them and belong there.

    That are all in the innermost element around the main text but those around it and lists of links; where
    that is the page itself, only headings, tables, captions and code between the first and the last. None
    where no block is in the main text.
    """
    text = MainText(main)
    held = [text.holds(block.words) for block in found]
    within = _region([block for block, is_held in zip(found, held, strict=True) if is_held])
    first = held.index(True) if True in held else 0
    last = len(held) - held[::-1].index(True) if True in held else 0
    for at, (block, is_held) in enumerate(zip(found, held, strict=True)):
        between = first <= at < last and block.kind in _STRUCTURE
        if is_held or (not block.around and (_lies(block, within) or between) and not leads_elsewhere(block)):
            yield replace(block, around=False) if is_held else block


def _region(found: Sequence[PageBlock]) -> _Element | None:
    """Return the innermost element that holds nearly all of some blocks; None where it is the page."""
    weights: Counter[_Element] = Counter()
    for block in found:
        for each in block.element.iterancestors():
            weights[each] += len(block.words)
    total = sum(len(block.words) for block in found)
    around = [each for each, weight in weights.items() if weight >= _MOST * total]
    inner = max(around, key=lambda each: sum(1 for _ in each.iterancestors()), default=None)
    return None if inner is None or inner.tag in _WHOLE_PAGE else inner


def _lies(block: PageBlock, within: _Element | None) -> bool:
    return within is not None and any(
        each is within for each in (block.element, *block.element.iterancestors())
    )


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text; a raised 6 counts as 6, as trafilatura writes it."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _shingles(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
