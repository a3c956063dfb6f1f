"""Which of the places where a text was found is it cited from?"""

from __future__ import annotations

from collections.abc import Sequence

from graph.records import Source
from guards.claims.credibility import is_made, rate
from guards.outside_text import is_public


def by_citing(found: Sequence[Source]) -> tuple[Source, ...]:
    """Return the places where one text was found, each once, the one to cite first.

    A person's own document comes first, so that a text that is also private is treated as private. Then comes
    what a tool of the run made, then the page whose publisher is rated highest. Among equals the address that
    sorts first wins, whatever came back first, so that a resumed run cites the same place.
    """
    places: dict[str, Source] = {}
    for source in sorted(found, key=_told):
        places.setdefault(source.location, source)
    return tuple(sorted(places.values(), key=_order) if len(places) > 1 else places.values())


def _told(source: Source) -> tuple[bool, bool, str]:
    """Order descriptions of one place, the fullest first."""
    return source.published is None, source.author is None, source.title.reveal()


def _order(source: Source) -> tuple[bool, bool, int, str]:
    score = rate(source).score
    rated = 0 if score is None else -score - 1
    return is_public(source.location), is_made(source.location), rated, source.location
