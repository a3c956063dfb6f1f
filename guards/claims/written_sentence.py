"""How well is a sentence supported that a model wrote from claims?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.records import Claim, Label, Verdict

_WORST_FIRST = (Label.CONTRADICTED, Label.UNVERIFIED, Label.SUPPORTED)


def verdict_of(written: Claim, claims: Sequence[Claim], verdicts: Mapping[str, Verdict]) -> Verdict:
    """Return the worst verdict of the claims a sentence rests on: rewording improves no evidence.

    Its number of sources is that of the least confirmed claim. A sentence that cannot be compared with its
    quotes by words is never supported.
    """
    if written.unchecked:
        return Verdict(claim=written.id, label=Label.UNVERIFIED, confidence=0.0, sources=0)
    spans = set(written.spans)
    rests = [verdicts[claim.id] for claim in claims if claim.id in verdicts and spans.issuperset(claim.spans)]
    if not rests:
        return Verdict(claim=written.id, label=Label.UNVERIFIED, confidence=0.0)
    sources = min(verdict.sources for verdict in rests)
    confirmed = (span for verdict in rests for span in verdict.confirmed if span not in spans)
    return Verdict(
        claim=written.id,
        label=min((verdict.label for verdict in rests), key=_WORST_FIRST.index),
        confidence=min(verdict.confidence for verdict in rests),
        against=tuple(dict.fromkeys(other for verdict in rests for other in verdict.against)),
        sources=sources,
        confirmed=tuple(dict.fromkeys(confirmed)) if sources > 1 else (),
    )
