"""Which tier did the work, and what failed before it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from graph.history import ModelUse
from graph.records import Outcome, Unknown

EXTRACTIVE = "extractive"


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
