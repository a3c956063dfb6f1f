"""What must be said with an answer?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.rating import Grade, Rating
from graph.records import Branch, Claim, Draft, Label, Span, Unknown, Verdict
from guards.wording.wording import UNCHECKED


def doubts(
    draft: Draft, roots: Iterable[Branch], verdicts: Mapping[str, Verdict], claims: Iterable[Claim] = ()
) -> Iterable[Unknown]:
    """Name what a reader must know; claims are numbered as they stand in the answer, from 1."""
    questions = {root.id: str(root.question.value) for root in roots}
    numbers = _numbers(draft)
    for section in draft.sections:
        if not section.claims:
            yield Unknown(kind="unanswered", detail=f"no answer was found to: {questions[section.root]}")
    unchecked = {claim.id for claim in claims if claim.unchecked}
    for name, at in numbers.items():
        if name in unchecked:
            yield Unknown(kind="unchecked_wording", detail=f"claim {at} is {UNCHECKED}")
        else:
            yield from _disputes(name, verdicts.get(name), numbers)
    doubted = [at for name, at in numbers.items() if (verdict := verdicts.get(name)) and verdict.doubted]
    if doubted:
        detail = f"judge: a model found no answer in {_listed(doubted)}; comparing words did, and it is shown"
        yield Unknown(kind="models_disagree", detail=detail)
    lonely = [at for name, at in numbers.items() if _is_lonely(verdicts.get(name))]
    if lonely:
        yield Unknown(kind="single_source", detail=f"{_claims(lonely)} on one source only")


def discredited(
    draft: Draft, claims: Iterable[Claim], verdicts: Mapping[str, Verdict], ratings: Iterable[Rating]
) -> Iterable[Unknown]:
    """Name the claims that rest only on sources of low credibility; an unrated source is not low."""
    low = {rating.source for rating in ratings if rating.grade is Grade.LOW}
    resting = {claim.id: {span.source for span in _spans(claim, verdicts)} for claim in claims}
    weak = [at for name, at in _numbers(draft).items() if (sources := resting.get(name)) and sources <= low]
    if weak:
        yield Unknown(kind="low_credibility", detail=f"{_claims(weak)} on sources of low credibility only")


def _spans(claim: Claim, verdicts: Mapping[str, Verdict]) -> tuple[Span, ...]:
    verdict = verdicts.get(claim.id)
    return (*claim.spans, *(verdict.confirmed if verdict else ()))


def _numbers(draft: Draft) -> dict[str, int]:
    """Return the number of each claim as it stands in the answer, from 1."""
    names = (name for section in draft.sections for name in section.claims)
    return {name: at for at, name in enumerate(names, start=1)}


def _disputes(name: str, verdict: Verdict | None, numbers: Mapping[str, int]) -> Iterable[Unknown]:
    if verdict is None or verdict.label is Label.UNVERIFIED:
        yield Unknown(kind="unverified_claim", detail=f"nothing supports claim {numbers[name]} well enough")
    elif verdict.label is Label.CONTRADICTED:
        others = [f"claim {numbers[other]}" for other in verdict.against if other in numbers]
        yield Unknown(
            kind="contradicted",
            detail=f"claim {numbers[name]} disagrees with {', '.join(others) or 'another source'}",
        )


def _is_lonely(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.label is Label.SUPPORTED and verdict.sources == 1


def _claims(numbers: list[int]) -> str:
    return f"{_listed(numbers)} {'rest' if len(numbers) > 1 else 'rests'}"


def _listed(numbers: list[int]) -> str:
    return f"{'claims' if len(numbers) > 1 else 'claim'} {', '.join(map(str, numbers))}"
