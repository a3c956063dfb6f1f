"""Lay the claims that contradict each other side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.records import Label
from ui.chat.reading.passages import Report, numbers_of, passages, source_of
from ui.credibility import scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Hold one side: which claim says what, where, since when, how credible, and against which claims.

    `against` is empty when the report does not quote the other side.
    """

    claim: int
    says: str
    citations: tuple[int, ...]
    sources: tuple[str, ...]
    published: tuple[str, ...]
    credibility: tuple[str, ...]
    against: tuple[int, ...]


def disagreements(report: Report) -> tuple[Disagreement, ...]:
    """Return every claim that contradicts another or is contradicted, both sides, in the report's order."""
    conflicts = _conflicts(report["claims"])
    return tuple(
        _side(report, place, tuple(sorted(conflicts[place])))
        for place, claim in enumerate(report["claims"], start=1)
        if conflicts[place] or claim["verdict"] == Label.CONTRADICTED
    )


def _conflicts(claims: list[Mapping[str, Any]]) -> dict[int, set[int]]:
    """Return for each place the places it conflicts with, whichever of two claims names the other."""
    places = {claim["id"]: place for place, claim in enumerate(claims, start=1)}
    conflicts: dict[int, set[int]] = {place: set() for place in places.values()}
    for claim in claims:
        for other in claim.get("against", ()):
            if other in places:
                conflicts[places[claim["id"]]].add(places[other])
                conflicts[places[other]].add(places[claim["id"]])
    return conflicts


def _side(report: Report, place: int, against: tuple[int, ...]) -> Disagreement:
    claim = report["claims"][place - 1]
    ids = dict.fromkeys(cited["source"] for cited in claim["citations"])
    sources = [source_of(report, id_) for id_ in ids]
    return Disagreement(
        claim=place,
        says=claim["text"],
        citations=tuple(numbers_of(claim, passages(report))),
        sources=tuple(source["title"] or "untitled" for source in sources),
        published=tuple(source["published"] or "not dated" for source in sources),
        credibility=tuple(scored(source) for source in sources),
        against=against,
    )
