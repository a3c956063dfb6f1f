"""Page numbers and running titles, taken off the pages so that sentences run on over their edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")

_NUMBER = re.compile(r"\d{1,5}")
_COUNT = re.compile(
    r"\W{0,4}(?:page|p\.|seite|página|pagina|strona)\W{0,2}\d{1,5}(?:\W{0,3}(?:of|von|de|di|z)?\W{0,2}\d{1,5})?\W{0,4}"
    r"|\W{0,4}\d{1,5}\W{0,3}(?:of|von|de|di|z|/)\W{0,2}\d{1,5}\W{0,4}",
    re.IGNORECASE,
)
_FEWEST_PAGES = 2
_SHARE = 4
_MOST_LINES = 4
_TOP, _BOTTOM = 0, -1


def without_furniture(pages: Sequence[Sequence[T]], words: Callable[[T], str]) -> list[list[T]]:
    """Return the lines of each page; a running title stays once, a line that counts the pages does not."""
    kept = [list(page) for page in pages]
    openings, endings = _taken(kept, _TOP, words), _taken(kept, _BOTTOM, words)
    if kept:
        kept[0][:0] = openings
        kept[-1].extend(reversed(endings))
    return kept


def counts_pages(line: str) -> bool:
    """Tell whether a line says nothing but on which page it stands."""
    return _COUNT.fullmatch(line) is not None


def _taken(pages: list[list[T]], edge: int, words: Callable[[T], str]) -> list[T]:
    """Remove the furniture on one edge of the pages, line by line; return each running title once."""
    titles: list[T] = []
    for _ in range(_MOST_LINES):
        found = list(_furniture(pages, edge, words))
        for at, title in found:
            line = pages[at].pop(edge)
            if title and words(line) not in map(words, titles):
                titles.append(line)
        if not found:
            break
    return titles


def _furniture(pages: list[list[T]], edge: int, words: Callable[[T], str]) -> list[tuple[int, bool]]:
    """Return the pages whose outermost line is furniture, and whether it is a running title."""
    alike: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    found = []
    for at, page in enumerate(pages):
        line = words(page[edge]) if page else ""
        if counts_pages(line) and len(page) > 1:
            found.append((at, False))
        elif line:
            alike[_NUMBER.sub("#", line)].append((at, line))
    for lines in alike.values():
        same = len({line for _, line in lines}) == 1
        if len(lines) >= max(_FEWEST_PAGES, len(pages) // _SHARE) and (same or _counts(lines)):
            found += [(at, same) for at, _ in lines]
    return found


def _counts(lines: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a number in each line goes up with its page."""
    numbers = [[int(number) - at for number in _NUMBER.findall(line)] for at, line in lines]
    return any(len(set(column)) == 1 for column in zip_longest(*numbers))
