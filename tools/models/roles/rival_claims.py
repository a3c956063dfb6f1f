"""Join what a model says about claims with what comparing their words shows.

The model says which claims conflict. What follows from a conflict is decided here: of two dated sources the
newer stands, undated both are marked, and one source does not contradict itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from graph.records import Label, Verdict
from tools.models.extractive.calibration import calibration

_DISPUTED = 0.6
_OUTDATED = 0.5
_IDLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedClaim:
    """Hold what is known of a claim: its verdict by its words, its source, the day it was published."""

    verdict: Verdict
    source: str
    date: str
    relevance: float = 0.0

    @property
    def name(self) -> str:
        """Return the id of the claim."""
        return self.verdict.claim


Conflicts = Collection[frozenset[str]]
"""Pairs of the ids of claims that cannot be true together."""


def merge_verdicts(
    judged: Mapping[str, JudgedClaim], conflicts: Conflicts, idle: AbstractSet[str]
) -> tuple[Verdict, ...]:
    """Return a verdict for each claim; `idle` are the claims that do not bear on the question.

    An older edition stays superseded by a newer one. The number of sources comes from comparing their words
    alone: a model can remove a confirmation, by a conflict, and add none. Where a model finds that nothing
    bears on the question, what comparing words found is kept, and marked as doubted.
    """
    outdated = {name for name, one in judged.items() if _is_superseded(one.verdict, judged)}
    unlikely = {name for name, one in judged.items() if one.verdict.label is Label.UNVERIFIED}
    if idle >= judged.keys() - unlikely - outdated and _is_answered(judged.values()):
        return tuple(
            replace(one.verdict, doubted=one.verdict.label is not Label.UNVERIFIED) for one in judged.values()
        )
    held = {name: one for name, one in judged.items() if name not in {*outdated, *unlikely, *idle}}
    return tuple(
        one.verdict if name in outdated else _verdict(one, _rivals(one, held, conflicts))
        for name, one in judged.items()
    )


def _is_answered(judged: Iterable[JudgedClaim]) -> bool:
    """Tell whether comparing words found a strong answer."""
    return any(
        one.relevance >= calibration().strong and one.verdict.label is not Label.UNVERIFIED for one in judged
    )


def _is_superseded(verdict: Verdict, judged: Mapping[str, JudgedClaim]) -> bool:
    """Tell whether a claim is of an older edition: the claim against it does not name it in return."""
    rivals = [judged[other].verdict for other in verdict.against if other in judged]
    return any(verdict.claim not in rival.against for rival in rivals)


def _rivals(
    one: JudgedClaim, held: Mapping[str, JudgedClaim], conflicts: Conflicts
) -> list[JudgedClaim] | None:
    """Return the claims of other sources that a claim conflicts with; None when it is out of the question."""
    if one.name not in held:
        return None
    return [
        other
        for other in held.values()
        if other.source != one.source and frozenset({one.name, other.name}) in conflicts
    ]


def _verdict(one: JudgedClaim, rivals: Sequence[JudgedClaim] | None) -> Verdict:
    label, factor = _weighed(one, rivals)
    # What the comparison of words has found is in the confidence already, and is not taken off twice.
    confidence = one.verdict.confidence * (1.0 if one.verdict.against else factor)
    against = tuple(rival.name for rival in rivals or ())
    denied = {rival.source for rival in rivals or ()}
    confirmed = tuple(span for span in one.verdict.confirmed if span.source not in denied)
    lost = {span.source for span in one.verdict.confirmed} & denied
    return replace(
        one.verdict,
        label=label,
        confidence=round(confidence, 4),
        against=against,
        confirmed=confirmed,
        sources=one.verdict.sources - len(lost),
        same=tuple(name for name in one.verdict.same if name not in against),
    )


def _weighed(one: JudgedClaim, rivals: Sequence[JudgedClaim] | None) -> tuple[Label, float]:
    """Return the label of a claim and what is left of its confidence."""
    if rivals is None:
        return Label.UNVERIFIED, _IDLE
    if all(_is_newer(one, rival) for rival in rivals):
        return Label.SUPPORTED, 1.0
    outdated = all(_is_newer(rival, one) for rival in rivals)
    return Label.CONTRADICTED, _OUTDATED if outdated else _DISPUTED


def _is_newer(left: JudgedClaim, right: JudgedClaim) -> bool:
    return bool(right.date) and right.date < left.date
