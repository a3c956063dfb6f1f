"""Page numbers and running titles, taken off the pages so that sentences run on over their edges."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"\d{1,5}")
_FEWEST_PAGES = 2
_SHARE = 4
_TOP, _BOTTOM = 0, -1

Line = tuple[int, str]


def without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages; a running title stays once, a line that counts the pages does not."""
    kept = [[line.strip() for line in page] for page in pages]
    endings = list(_take(kept, _BOTTOM))
    openings = list(_take(kept, _TOP))
    return [*openings, "", *(line for page in kept for line in page), "", *endings]


def _take(pages: list[list[str]], edge: int) -> Iterator[str]:
    """Remove the furniture on one edge of the pages; yield the running titles among it."""
    alike: defaultdict[str, list[Line]] = defaultdict(list)
    for at, page in enumerate(pages):
        if page:
            alike[_NUMBER.sub("#", page[edge])].append((at, page[edge]))
    for lines in alike.values():
        same = len({line for _, line in lines}) == 1
        if len(lines) >= max(_FEWEST_PAGES, len(pages) // _SHARE) and (same or _counts(lines)):
            for at, _ in lines:
                del pages[at][edge]
            if same:
                yield lines[0][1]


def _counts(lines: Sequence[Line]) -> bool:
    """Tell whether the last number of each line goes up with its page."""
    return len({int(_NUMBER.findall(line)[-1]) - at for at, line in lines}) == 1
