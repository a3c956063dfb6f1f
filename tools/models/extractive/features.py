"""Describe by a few numbers how a candidate answers a question; every value lies in 0..1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.models.extractive import answer_evidence, candidate_look, coverage_features
from tools.models.extractive.answer_evidence import evidence
from tools.models.extractive.bridges import Bridge
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.candidate_look import look
from tools.models.extractive.coverage_features import compared, coverage
from tools.models.extractive.inquiry import Inquiry

NAMES = (*coverage_features.NAMES, *answer_evidence.NAMES, *candidate_look.NAMES)


def features(
    inquiry: Inquiry, pool: Sequence[Candidate], found: Mapping[int, Bridge]
) -> list[tuple[float, ...]]:
    """Return one row of `NAMES` for each candidate of a pool; `found` holds their bridges by place."""
    whole = compared(inquiry, pool)
    joined = [pool[found[at].partner(at)].context if at in found else frozenset() for at in range(len(pool))]
    return [
        (
            *coverage(inquiry, candidate, bridge, whole, at),
            *evidence(inquiry, candidate, whole.unknown),
            *look(inquiry, candidate),
        )
        for at, (candidate, bridge) in enumerate(zip(pool, joined, strict=True))
    ]
