"""Read the words of passages for the roles that read."""

from __future__ import annotations

from collections.abc import Sequence

from graph.outline import context, headings, within
from graph.ports import Evidence
from graph.reading import Excerpt
from graph.records import Claim, Passage, Run, Span


async def open_passages(evidence: Evidence, run: Run, passages: Sequence[Passage]) -> tuple[Excerpt, ...]:
    """Return passages with their words and what this run knows of their sources; others are left out."""
    ids = list(dict.fromkeys(passage.span.source for passage in passages))
    found = await evidence.snapshots(run.id, ids)
    above = {name: headings(snapshot.outline, snapshot.text) for name, snapshot in found.items()}
    return tuple(
        Excerpt(
            passage=passage,
            text=snapshot.text.part(span.start, span.end),
            title=snapshot.source.title,
            published=snapshot.source.published,
            location=snapshot.source.location,
            context=context(snapshot.outline, span.start),
            outline=within(snapshot.outline, span.start, span.end),
            headings=above[span.source],
        )
        for passage in passages
        if (snapshot := found.get((span := passage.span).source))
    )


async def open_claims(
    evidence: Evidence, run: Run, claims: Sequence[Claim]
) -> tuple[tuple[Claim, Excerpt], ...]:
    """Return claims with their evidence, from the start of the first span to the end of the last.

    Spans in other sources than the first are left to the verifier.
    """
    passages = {
        claim.id: Passage(span=_hull(claim), score=claim.relevance, branch=claim.root) for claim in claims
    }
    opened = {e.passage: e for e in await open_passages(evidence, run, list(passages.values()))}
    return tuple((claim, opened[passage]) for claim in claims if (passage := passages[claim.id]) in opened)


def _hull(claim: Claim) -> Span:
    first = claim.spans[0]
    same = [span for span in claim.spans if span.source == first.source]
    return Span(source=first.source, start=min(s.start for s in same), end=max(s.end for s in same))
