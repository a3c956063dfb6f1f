"""Which tier did the work, and what failed before it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from graph.history import ModelUse
from graph.records import Branch, Claim, Draft, Outcome, Plan, Unknown, Verdict

EXTRACTIVE = "extractive"
EMERGENCY = "emergency"
"""The last tier: no engine answers for a role, and the report lists sources alone."""


def answered_by(uses: Iterable[ModelUse]) -> dict[str, str]:
    """Return for each role that asked a model who answered it last: a model, or the extractive engine."""
    answered: dict[str, str] = {}
    for use in uses:
        done = use.outcome is Outcome.DONE
        answered[use.role] = use.model if done else answered.get(use.role, EXTRACTIVE)
    return answered


def degradations(uses: Sequence[ModelUse]) -> Iterable[Unknown]:
    """Name each model that failed a role, since when and why, and who did its work."""
    answered = answered_by(uses)
    failed: dict[tuple[str, str], list[ModelUse]] = {}
    for use in uses:
        if use.outcome is not Outcome.DONE:
            failed.setdefault((use.role, use.model), []).append(use)
    for (role, model), mine in failed.items():
        since = datetime.fromtimestamp(min(use.started for use in mine), UTC)
        why = "breaker open" if any(use.refused for use in mine) else mine[-1].detail
        yield Unknown(
            kind="degraded",
            detail=f"{role}: {model} failed from {since:%H:%M} UTC, {why}; {answered[role]} did its work",
        )


def unplanned(plan: Plan) -> Iterable[Unknown]:
    """Name the planner if it failed: there is no line of inquiry but one with the name of the last tier."""
    if all(branch.id == EMERGENCY for branch in plan.branches):
        yield Unknown(
            kind=EMERGENCY, detail="planner: it failed unexpectedly, the question is searched as it is"
        )


def emergencies(
    draft: Draft, roots: Sequence[Branch], claims: Sequence[Claim], verdicts: Mapping[str, Verdict]
) -> Iterable[Unknown]:
    """Name the later roles that failed: else every claim is judged and every question has its section."""
    unjudged = sum(claim.id not in verdicts for claim in claims)
    if unjudged:
        yield Unknown(kind=EMERGENCY, detail=f"judge: it failed unexpectedly, {unjudged} claims are unjudged")
    if roots and not draft.sections:
        yield Unknown(kind=EMERGENCY, detail="writer: it failed unexpectedly")


def in_emergency(unknowns: Iterable[Unknown]) -> dict[str, str]:
    """Return for each role that no engine filled that it was the last tier."""
    return {u.detail.partition(":")[0]: EMERGENCY for u in unknowns if u.kind == EMERGENCY}
