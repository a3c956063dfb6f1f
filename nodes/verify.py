"""Verify every citation of the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.errors import Unusable
from graph.ports import Evidence
from graph.records import Draft, Section, Span, Unknown, Verdict
from graph.state import ResearchState, Update
from graph.untrusted import Untrusted
from guards.claims.citations import cite


async def verify(state: ResearchState, *, evidence: Evidence) -> Update:
    """Re-read the stored bytes of each claim; drop and name a claim that does not match them.

    A confirmation that does not match is dropped, and its source is not counted.
    """
    drafted = state.draft or Draft(sections=())
    claims = {claim.id: claim for claim in state.claims}
    used = [claims[name] for section in drafted.sections for name in section.claims if name in claims]
    verdicts = {verdict.claim: verdict for verdict in state.verdicts}
    judged = [verdicts[claim.id] for claim in used if claim.id in verdicts]
    spans = [*(span for claim in used for span in claim.spans), *(s for v in judged for s in v.confirmed)]
    texts = await evidence.texts(list({span.source for span in spans}))
    reasons = {claim.id: _reason(claim.spans, texts) for claim in used}
    sections = tuple(
        Section(
            root=s.root, claims=tuple(name for name in s.claims if not reasons.get(name, "unknown claim"))
        )
        for s in drafted.sections
    )
    unknowns = tuple(
        Unknown(kind="unverified", detail=f"claim {name} was dropped: {reason}")
        for name, reason in reasons.items()
        if reason
    )
    return Update(
        draft=Draft(sections=sections),
        unknowns=unknowns,
        verdicts=tuple(_standing(verdict, texts) for verdict in judged),
    )


def _standing(verdict: Verdict, texts: Mapping[str, Untrusted]) -> Verdict:
    """Return a verdict without the confirmations that do not match, and without their sources."""
    standing = tuple(span for span in verdict.confirmed if not _reason([span], texts))
    lost = {span.source for span in verdict.confirmed} - {span.source for span in standing}
    return replace(verdict, confirmed=standing, sources=verdict.sources - len(lost))


def _reason(spans: Sequence[Span], texts: Mapping[str, Untrusted]) -> str:
    if not spans:
        return "it cites nothing"
    try:
        for span in spans:
            cite(span, texts[span.source])
    except KeyError:
        return "its source is not stored"
    except Unusable as unusable:
        return str(unusable)
    return ""
