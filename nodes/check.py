"""Check claims against what they rest on."""

from __future__ import annotations

from graph.excerpts import open_claims
from graph.ports import Evidence, Judge
from graph.state import Checking, Update


async def check(state: Checking, *, judge: Judge, evidence: Evidence) -> Update:
    """Judge the claims of one root question: support, contradiction, independence."""
    claims = await open_claims(evidence, state.claims)
    return Update(verdicts=await judge.judge(state.run, state.question, claims))
