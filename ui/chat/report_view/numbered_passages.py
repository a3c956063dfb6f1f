"""Number the passages that a report cites, as its answer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import Refused
from ui.report.cited_place import cited_places

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPassage:
    """Hold a cited passage with its number and the numbers of the claims that cite it, all from 1.

    `place` says where it stands in its document, `start` and `end` count Unicode code points.
    """

    number: int
    source: str
    start: int
    end: int
    quote: str
    claims: tuple[int, ...]
    place: str = ""


def passages(report: Report) -> tuple[NumberedPassage, ...]:
    """Return the passages in the order of their first use, which is the order of their numbers."""
    citing: dict[tuple[str, int, int, str], list[int]] = {}
    for place, claim in enumerate(report["claims"], start=1):
        for cited in claim["citations"]:
            citing.setdefault(_key(cited), []).append(place)
    places = cited_places(report)
    return tuple(
        NumberedPassage(
            number=number,
            source=key[0],
            start=key[1],
            end=key[2],
            quote=key[3],
            claims=tuple(claims),
            place=places[key],
        )
        for number, (key, claims) in enumerate(citing.items(), start=1)
    )


def passage(report: Report, number: int) -> NumberedPassage:
    """Return the passage of a number; raise Refused for a number that the report does not have."""
    found = next((each for each in passages(report) if each.number == number), None)
    if found is None:
        raise Refused(f"this report has no citation {number}: choose one of its numbers")
    return found


def numbers_of(claim: Mapping[str, Any], numbered: tuple[NumberedPassage, ...]) -> list[int]:
    """Return the numbers of the passages that a claim cites."""
    known = {(each.source, each.start, each.end, each.quote): each.number for each in numbered}
    return list(dict.fromkeys(known[_key(cited)] for cited in claim["citations"]))


def source_of(report: Report, source: str) -> Mapping[str, Any]:
    """Return what the report says of a source."""
    found: Mapping[str, Any] = next(each for each in report["sources"] if each["id"] == source)
    return found


def _key(cited: Mapping[str, Any]) -> tuple[str, int, int, str]:
    return cited["source"], cited["start"], cited["end"], cited["quote"]
