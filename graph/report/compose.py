"""Compose the report, of schema `attest.report/2`, from state and stored texts, without a model."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from graph.costs import Cost
from graph.errors import Unusable
from graph.history import ModelUse
from graph.outline import DocumentPlace, place_at
from graph.rating import Rating
from graph.records import (
    Claim,
    Label,
    Section,
    Snapshot,
    Source,
    Span,
    Unknown,
    Verdict,
)
from graph.report.totals import costs_in, timings_in
from graph.state import ResearchState, admitted
from guards.answer_status import SILENCE, AnswerStatus, silence
from guards.claims.citations import cite
from guards.claims.report_claims import Citation
from guards.outages import answered_by, degradations, in_emergency
from guards.outside_text import Log, cross_quote, cross_title, cross_wording, plain
from guards.wording.wording_label import labelled

SCHEMA = "attest.report/2"
MOST_HEADINGS = 20
SOURCES_ALONE = "**No answer could be made. What was found is listed below, source by source.**"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Hold what is known of a run at its end; times in seconds since the epoch.

    `estimate` is the most it was planned to cost, in micro-dollars, or None if it was not planned.
    """

    answer_status: AnswerStatus
    cost: Cost
    ended: float
    entered: dict[str, float]
    uses: tuple[ModelUse, ...] = ()
    estimate: int | None = None


def compose(
    state: ResearchState,
    closing: Closing,
    snapshots: Mapping[str, Snapshot],
    log: Log,
) -> dict[str, Any]:
    """Return the report without its audit head; every quote is cut from the stored text by offsets."""
    sections = state.draft.sections if state.draft and not state.refusal else ()
    failed = in_emergency(state.unknowns)
    if failed and not state.refusal and not any(section.claims for section in sections):
        report = _report(state, closing, answer=SOURCES_ALONE, roles=failed)
        return {**report, "unknowns": [*_found(state, snapshots, log), *report["unknowns"]]}
    claims, verdicts = {c.id: c for c in state.claims}, {v.claim: v for v in state.verdicts}
    chosen = [claims[name] for section in sections for name in section.claims]
    names = {claim.id for claim in chosen}
    written = {
        claim.id: _claim(claim, verdicts.get(claim.id), snapshots, log)
        | _judged(verdicts.get(claim.id), names)
        for claim in chosen
    }
    cited = list(dict.fromkeys(s.source for c in chosen for s in cited_by(c, verdicts.get(c.id))))
    silent = silence(closing.answer_status.status, len(state.evidence))
    answer = _answer(state, sections, written) if chosen or state.refusal else silent
    report = _report(state, closing, answer=answer, roles=failed)
    ratings = {rating.source: rating for rating in state.ratings}
    near = {} if chosen or state.refusal else _nearest(state, snapshots, log)
    shown = [*cited, *({near["nearest"]["source"]} if near else ())]
    sources = [_cited(snapshots[source], log) | _rated(ratings.get(source)) for source in shown]
    return {**report, **near, "claims": list(written.values()), "sources": sources}


def _nearest(state: ResearchState, snapshots: Mapping[str, Snapshot], log: Log) -> dict[str, Any]:
    """Return the best passage that was read, which answers nothing; none where it is no whole sentence."""
    known = [passage for passage in state.evidence if passage.span.source in snapshots]
    best = max(known, key=lambda passage: passage.score, default=None)
    if best is None:
        return {}
    try:
        return {"nearest": _cited_at(best.span, snapshots[best.span.source], log)}
    except Unusable:
        return {}


def _report(state: ResearchState, closing: Closing, *, answer: str, roles: dict[str, str]) -> dict[str, Any]:
    """Return a report without citations; `roles` are those that no engine filled."""
    run = admitted(state)
    return {
        "schema": SCHEMA,
        "run_id": run.id,
        "question": run.question,
        "status": str(closing.answer_status.status),
        "reason": closing.answer_status.reason,
        "answer": answer,
        "claims": [],
        "sources": [],
        "unknowns": [{"kind": u.kind, "detail": u.detail} for u in _unknowns(state, closing)],
        "roles": {**answered_by(closing.uses), **roles},
        "cost": costs_in(closing.cost, closing.estimate),
        "timings": timings_in(run.started, closing.ended, closing.entered),
    }


def _found(state: ResearchState, snapshots: Mapping[str, Snapshot], log: Log) -> list[dict[str, str]]:
    """List the sources that were found, best first, and claim nothing about them."""
    found = dict.fromkeys(passage.span.source for passage in state.evidence)
    sources = [_source(snapshots[name].source, log) for name in found if name in snapshots]
    return [{"kind": "source_found", "detail": f"{s['title']}: {s['location']}"} for s in sources]


def cited_by(claim: Claim, verdict: Verdict | None) -> tuple[Span, ...]:
    """Return what a claim cites: the spans it is made of, then those in other sources that say the same."""
    return tuple(dict.fromkeys((*claim.spans, *(verdict.confirmed if verdict else ()))))


def _claim(
    claim: Claim, verdict: Verdict | None, snapshots: Mapping[str, Snapshot], log: Log
) -> dict[str, Any]:
    spans = cited_by(claim, verdict)
    quotes = [_cited_at(span, snapshots[span.source], log) for span in spans]
    own, confirming = quotes[: len(set(claim.spans))], quotes[len(set(claim.spans)) :]
    return {
        "id": claim.id,
        "text": cross_wording(claim, claim.text, log) if claim.text else _verbatim(own),
        **({"wording": "unchecked" if claim.unchecked else "checked"} if claim.text else {}),
        "citations": [*own, *({**quote, "confirms": True} for quote in confirming)],
    }


def _judged(verdict: Verdict | None, names: Container[str]) -> dict[str, Any]:
    """Write a verdict; of the claims it names, only those in the report."""
    if verdict is None:
        return {"verdict": str(Label.UNVERIFIED), "confidence": 0.0}
    against = [name for name in verdict.against if name in names]
    return {
        "verdict": str(verdict.label),
        "confidence": round(verdict.confidence, 3),
        "independent_sources": verdict.sources,
        **({"against": against} if against else {}),
    }


def _verbatim(quotes: list[dict[str, Any]]) -> str:
    return " ".join(re.sub(r"\s+", " ", quote["quote"]).strip() for quote in quotes)


def _cited_at(span: Span, snapshot: Snapshot, log: Log) -> dict[str, Any]:
    """Write a citation, and where its quote stands in the document as far as that is known."""
    place = _standing(span.source, place_at(snapshot.outline, snapshot.text, span.start), log)
    return {**_citation(cite(span, snapshot.text), log), **({"place": place} if place else {})}


def _standing(source: str, place: DocumentPlace, log: Log) -> dict[str, Any]:
    section = [words for heading in place.section if (words := cross_title(source, heading, log))]
    known = {
        "page": place.page,
        "section": section[:MOST_HEADINGS],
        "sheet": cross_title(source, place.sheet, log) if place.sheet else "",
        "row": place.row,
        "slide": place.slide,
    }
    return {name: value for name, value in known.items() if value}


def _citation(citation: Citation, log: Log) -> dict[str, Any]:
    return {
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "quote": cross_quote(citation, log),
        "sentence": list(citation.sentence or (citation.start, citation.end)),
    }


def _answer(state: ResearchState, sections: tuple[Section, ...], written: dict[str, dict[str, Any]]) -> str:
    if state.refusal:
        return f"Refused: {state.refusal}."
    numbers: dict[tuple[str, int, int], int] = {}
    parts = [_section(section, written, numbers) for section in sections]
    if len(parts) == 1:
        return parts[0]
    questions = {b.id: str(b.question.value) for b in state.plan.branches} if state.plan else {}
    return "\n\n".join(
        f"**{_escaped(plain(questions.get(s.root, s.root)))}**\n\n{part}"
        for s, part in zip(sections, parts, strict=True)
    )


def _section(
    section: Section, written: dict[str, dict[str, Any]], numbers: dict[tuple[str, int, int], int]
) -> str:
    if not section.claims:
        return SILENCE
    return "\n".join(_sentence(written[name], numbers) for name in section.claims)


def _sentence(claim: dict[str, Any], numbers: dict[tuple[str, int, int], int]) -> str:
    keys = [(c["source"], c["start"], c["end"]) for c in claim["citations"]]
    marks = "".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in keys)
    return labelled(
        f"{_escaped(plain(claim['text']))} {marks}", unchecked=claim.get("wording") == "unchecked"
    )


def _escaped(text: str) -> str:
    """Escape Markdown, so that a source's words make no links, images or HTML."""
    return re.sub(r"([\\\[\]<&])", r"\\\1", text)


def _cited(snapshot: Snapshot, log: Log) -> dict[str, Any]:
    """Describe a source where it is cited from, and the other places where this run found the same text."""
    also = [_place(source, log) for source in snapshot.also]
    return {**_source(snapshot.source, log), **({"also_found_at": also} if also else {})}


def _source(source: Source, log: Log) -> dict[str, Any]:
    return {"id": source.id, **_place(source, log)}


def _place(source: Source, log: Log) -> dict[str, Any]:
    return {
        "title": cross_title(source.id, source.title, log),
        "location": source.location,
        "published": source.published,
        "retrieved_at": source.retrieved_at,
        "author": cross_title(source.id, source.author, log) if source.author else None,
        "language": source.language,
    }


def _rated(rating: Rating | None) -> dict[str, Any]:
    """Write the credibility of a source; nothing where nothing rated it, as in older runs."""
    if rating is None:
        return {}
    return {
        "credibility": {
            "score": rating.score,
            "grade": str(rating.grade),
            "reasons": list(rating.reasons),
        }
    }


def _unknowns(state: ResearchState, closing: Closing) -> tuple[Unknown, ...]:
    unknowns = (*state.unknowns, *degradations(closing.uses))
    if not state.refusal:
        return unknowns
    kind = "rejected" if state.refusal.startswith("rejected: ") else "refused"
    return (*unknowns, Unknown(kind=kind, detail=state.refusal))
