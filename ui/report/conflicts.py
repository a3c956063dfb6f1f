"""Find which claims of a report contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def conflicts(claims: Sequence[Mapping[str, Any]]) -> dict[int, set[int]]:
    """Return for each claim, numbered from 1, the claims it conflicts with."""
    places = {claim["id"]: place for place, claim in enumerate(claims, start=1)}
    found: dict[int, set[int]] = {place: set() for place in places.values()}
    for claim in claims:
        for other in claim.get("against", ()):
            if other in places:
                found[places[claim["id"]]].add(places[other])
                found[places[other]].add(places[claim["id"]])
    return found
