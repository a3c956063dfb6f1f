"""Check claims against their evidence."""

from __future__ import annotations

from graph.ports import Evidence, Judge
from graph.report.excerpts import open_claims
from graph.state import Checking, Update
from guards.claims.credibility import rate


async def check(state: Checking, *, judge: Judge, evidence: Evidence) -> Update:
    """Judge the claims of one root question: support, contradiction, independence, credibility."""
    claims = await open_claims(evidence, state.run, state.claims)
    sources = list(dict.fromkeys(span.source for claim in state.claims for span in claim.spans))
    stored = await evidence.snapshots(state.run.id, sources)
    return Update(
        verdicts=await judge.judge(state.run, state.question, claims),
        ratings=tuple(rate(stored[name].source) for name in sources if name in stored),
    )
