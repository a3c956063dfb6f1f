"""List the claims that contradict each other, both sides."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records import Label
from ui.catalogue import _
from ui.chat.report_view.numbered_passages import Report, numbers_of, passages, source_of
from ui.report.claim_lines import claim_text
from ui.report.conflicts import conflicts
from ui.report.credibility_words import scored
from ui.report.readable_text import readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Hold one side of a dispute: its claim, citations, sources, their dates and credibility.

    `against` are the numbers of the claims on the other side; empty when the report does not quote it.
    """

    claim: int
    says: str
    citations: tuple[int, ...]
    sources: tuple[str, ...]
    published: tuple[str, ...]
    credibility: tuple[str, ...]
    against: tuple[int, ...]


def disagreements(report: Report) -> tuple[Disagreement, ...]:
    """Return every claim that contradicts another or is contradicted, in the order of the report."""
    sides = conflicts(report["claims"])
    return tuple(
        _side(report, place, tuple(sorted(sides[place])))
        for place, claim in enumerate(report["claims"], start=1)
        if sides[place] or claim["verdict"] == Label.CONTRADICTED
    )


def _side(report: Report, place: int, against: tuple[int, ...]) -> Disagreement:
    claim = report["claims"][place - 1]
    ids = dict.fromkeys(cited["source"] for cited in claim["citations"])
    sources = [source_of(report, id_) for id_ in ids]
    return Disagreement(
        claim=place,
        says=claim_text(claim),
        citations=tuple(numbers_of(claim, passages(report))),
        sources=tuple(readable(source["title"]) or _("untitled") for source in sources),
        published=tuple(source["published"] or _("not dated") for source in sources),
        credibility=tuple(scored(source) for source in sources),
        against=against,
    )
