"""Describe by a few numbers how a candidate answers a question; every value lies in 0..1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.models.extractive import (
    answer_evidence,
    candidate_look,
    coverage_features,
    form_features,
    pool_features,
    wording_features,
)
from tools.models.extractive.answer_evidence import evidence
from tools.models.extractive.bridges import Bridge
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.candidate_look import look
from tools.models.extractive.coverage_features import compared, coverage
from tools.models.extractive.form_features import FormFeatures
from tools.models.extractive.inquiry import Inquiry
from tools.models.extractive.pool_features import beside
from tools.models.extractive.preference import preferences
from tools.models.extractive.value_subjects import TYPES, with_subject
from tools.models.extractive.wording_features import wording

NAMES = (
    *coverage_features.NAMES,
    *answer_evidence.NAMES,
    *candidate_look.NAMES,
    *pool_features.NAMES,
    *form_features.NAMES,
    *wording_features.NAMES,
    "preferred",  # has the form that the question asks for
    "value_subject",  # a value is asked for, and it stands with what is asked of it
)


def features(
    inquiry: Inquiry, pool: Sequence[Candidate], found: Mapping[int, Bridge]
) -> list[tuple[float, ...]]:
    """Return one row of `NAMES` for each candidate of a pool; `found` holds their bridges by place."""
    whole = compared(inquiry, pool)
    joined = [pool[found[at].partner(at)].context if at in found else frozenset() for at in range(len(pool))]
    valued = inquiry.answer in TYPES
    among, forms, form = beside(inquiry, pool), FormFeatures(inquiry), preferences(inquiry, pool)
    return [
        (
            *coverage(inquiry, candidate, bridge, whole, at),
            *evidence(inquiry, candidate, whole.unknown),
            *look(inquiry, candidate),
            *among[at],
            *forms.of(candidate),
            *wording(inquiry, candidate),
            form[at],
            with_subject(inquiry, candidate) if valued else 0.0,
        )
        for at, (candidate, bridge) in enumerate(zip(pool, joined, strict=True))
    ]
