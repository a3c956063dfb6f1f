"""Read a list whose items have headings of their own: a heading with the headings right under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.outline import Heading
from graph.reading import Excerpt

_LEAST, _MOST = 2, 30
_TITLE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingList:
    """Hold a heading, those it stands under, and those right under it; no heading where the title is it."""

    heading: Heading | None
    above: tuple[Heading, ...]
    items: tuple[Heading, ...]


def heading_lists(excerpt: Excerpt) -> Iterator[HeadingList]:
    """Yield the heading lists of a document whose heading stands in or over an excerpt."""
    seen = _seen(excerpt)
    open_: list[Heading] = []
    under: dict[int, list[Heading]] = {}
    above: dict[int, tuple[Heading, ...]] = {}
    for item in excerpt.headings:
        open_ = [each for each in open_ if each.depth < item.depth]
        above[item.start] = tuple(open_)
        under.setdefault(open_[-1].start if open_ else _TITLE, []).append(item)
        open_.append(item)
    for heading in (None, *excerpt.headings):
        at = heading.start if heading else _TITLE
        items = under.get(at, [])
        if _LEAST <= len(items) <= _MOST and (heading is None or heading.text.reveal() in seen):
            yield HeadingList(heading=heading, above=above.get(at, ()), items=tuple(items))


def _seen(excerpt: Excerpt) -> frozenset[str]:
    """Return the headings in and over an excerpt."""
    return frozenset(words.reveal() for part in excerpt.outline for words in part.place.section)
