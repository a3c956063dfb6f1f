"""Find which claims of a report contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def conflicts(claims: Sequence[Mapping[str, Any]]) -> dict[int, set[int]]:
    """Return for each place, from 1, those it conflicts with, whichever of two claims names the other."""
    places = {claim["id"]: place for place, claim in enumerate(claims, start=1)}
    found: dict[int, set[int]] = {place: set() for place in places.values()}
    for claim in claims:
        for other in claim.get("against", ()):
            if other in places:
                found[places[claim["id"]]].add(places[other])
                found[places[other]].add(places[claim["id"]])
    return found
