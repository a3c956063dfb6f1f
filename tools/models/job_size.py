"""Tell how large a job is, and which tier is asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tools.models.evidence_packing import tokens_of
from tools.models.prompted_role import ModelRequest, ModelRole

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSize:
    """Hold the measures of a job: tokens of its prompt, claims it shows, parts of the question."""

    tokens: int
    claims: int = 0
    parts: int = 1


SMALL: Mapping[ModelRole, JobSize] = {
    ModelRole.PLANNER: JobSize(tokens=1_000),
    ModelRole.READER: JobSize(tokens=2_000),
    ModelRole.JUDGE: JobSize(tokens=2_000, claims=8),
    ModelRole.WRITER: JobSize(tokens=2_000, claims=6, parts=2),
}
"""The largest job of each role that is small. Judging and writing compare claims, so claims count too."""


def is_small(role: ModelRole, size: JobSize) -> bool:
    """Tell whether no measure of a job is above what is small for its role."""
    most = SMALL[role]
    return size.tokens <= most.tokens and size.claims <= most.claims and size.parts <= most.parts


def in_order(role: ModelRole, size: JobSize, tiers: Sequence[T]) -> Sequence[T]:
    """Return tiers, given best first, in the order they are asked: for a small job the best is last."""
    return (*tiers[1:], *tiers[:1]) if is_small(role, size) else tiers


def size_of(prompted: ModelRequest) -> JobSize:
    """Measure a request that is ready to be sent."""
    tokens = tokens_of(prompted.system) + tokens_of(prompted.user)
    return JobSize(tokens=tokens, claims=prompted.claims, parts=prompted.parts)
