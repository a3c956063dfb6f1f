"""Lines of a printed page, joined back into the paragraphs they were set from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

_WORD = re.compile(r"\w+(?:-\w+)*")
_BROKEN = re.compile(r"(\w{1,40})[-\u2010\u00ad]$")
_FIRST = re.compile(r"\w+")
_ITEM = re.compile(r"[-*\u2022\u2023\u25aa\u25cf\u2013\u2014]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_ENDED = tuple('.!?:;\u201d"')
# Shares of the usual width: a line that FULL ran on to the margin, one over HALF may go on in small letters.
_FULL = 0.8
_HALF = 0.6
_NARROWEST = 40


def reflow(lines: Iterable[str]) -> str:
    """Return each paragraph on one line, a blank line between, and words broken at line ends made whole."""
    lines = [line.strip() for line in lines]
    # Words that stand whole somewhere, compounds with their hyphens: they tell how a broken one is written.
    words = frozenset(word.lower() for line in lines for word in _WORD.findall(line))
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraphs: list[list[str]] = []
    above = ""
    for line in lines:
        if above and line and _goes_on(above, line, width):
            _append(paragraphs[-1], line, words)
        elif line:
            paragraphs.append([line])
        above = line
    return "\n\n".join(map("".join, paragraphs))


def _goes_on(above: str, line: str, width: int) -> bool:
    """Tell whether a line continues the paragraph of the line above it."""
    if _ITEM.match(line):
        return False
    if _BROKEN.search(above) and line[0].islower():
        return True
    if width < _NARROWEST:
        return False
    if line[0].islower() and not above.endswith(_ENDED):
        return len(above) >= _HALF * width
    heading = above.endswith(_ENDED) and len(line) < _HALF * width and not line.endswith(_ENDED)
    return len(above) >= _FULL * width and not heading


def _append(pieces: list[str], line: str, words: AbstractSet[str]) -> None:
    """Add a line to a paragraph, mending the word that is broken between them."""
    broken, first = _BROKEN.search(pieces[-1]), _FIRST.match(line)
    if not broken or not first or not line[0].islower():
        pieces += [" ", line]
        return
    whole, compound = f"{broken[1]}{first[0]}".lower(), f"{broken[1]}-{first[0]}".lower()
    pieces[-1] = pieces[-1][: broken.end(1)]
    pieces += ["-" if compound in words and whole not in words else "", line]
