"""Verify every citation of the draft."""

from __future__ import annotations

from collections.abc import Mapping

from graph.errors import Unusable
from graph.ports import Evidence
from graph.records import Claim, Draft, Section, Unknown
from graph.state import ResearchState, Update
from graph.untrusted import Untrusted
from guards.citations import cite


async def verify(state: ResearchState, *, evidence: Evidence) -> Update:
    """Re-read the stored bytes under each claim; a claim that does not stand is dropped and named."""
    drafted = state.draft or Draft(sections=())
    claims = {claim.id: claim for claim in state.claims}
    used = [claims[name] for section in drafted.sections for name in section.claims if name in claims]
    texts = await evidence.texts(list({span.source for claim in used for span in claim.spans}))
    reasons = {claim.id: _reason(claim, texts) for claim in used}
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
    return Update(draft=Draft(sections=sections), unknowns=unknowns)


def _reason(claim: Claim, texts: Mapping[str, Untrusted]) -> str:
    if not claim.spans:
        return "it cites nothing"
    try:
        for span in claim.spans:
            cite(span, texts[span.source])
    except KeyError:
        return "its source is not stored"
    except Unusable as unusable:
        return str(unusable)
    return ""
