"""Let a model say which claims cannot be true together."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from graph.ports import Judge
from graph.reading import Excerpt
from graph.records import Claim, Label, Run, Verdict
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import prompt
from tools.models.roles.claim_listing import ListedClaims, list_claims
from tools.models.roles.rival_claims import Conflicts, JudgedClaim, merge_verdicts
from tools.models.roles.simple_questions import is_simple

FEWEST = 2
"""The fewest claims, and the fewest sources, for which a model is asked."""


class Judgement(BaseModel):
    """Judge one claim by its number; `against` are the numbers of the claims it conflicts with."""

    claim: int
    label: Label
    against: list[int] = []


class Judgements(BaseModel):
    """Judge every claim."""

    judgements: list[Judgement]


class ModelJudge:
    """Ask a model which claims conflict and which do not bear on the question; hold no tools.

    It is asked where there are claims of different sources and the run is not a simple one. Where it does not
    judge every claim, the extractive judge alone decides.
    """

    def __init__(self, asks: ModelGateway, extractive: Judge) -> None:
        self._asks = asks
        self._extractive = extractive
        self._prompt = prompt(ModelRole.JUDGE)

    async def judge(
        self, run: Run, question: str, claims: Sequence[tuple[Claim, Excerpt]]
    ) -> tuple[Verdict, ...]:
        """Say for each claim whether it answers, how many sources agree and which claims do not."""
        verdicts = await self._extractive.judge(run, question, claims)
        if is_simple(run) or len({excerpt.passage.span.source for _, excerpt in claims}) < FEWEST:
            return verdicts
        shown = list_claims(claims)
        if len(shown.claims) < len(claims):
            return verdicts
        told = await self._asks.ask(run, self._prompted(question, shown), Judgements)
        said = _complete(told, shown) if told else {}
        return _merged(verdicts, claims, said, shown) if said else verdicts

    def _prompted(self, question: str, shown: ListedClaims) -> ModelRequest:
        return ModelRequest(
            role=ModelRole.JUDGE,
            prompt=self._prompt.tag,
            system=self._prompt.text,
            user=f"Question: {question}\n\n{shown.text}",
            taint=shown.taint,
            private=shown.private,
            claims=len(shown.claims),
        )


def _complete(told: Judgements, shown: ListedClaims) -> dict[int, Judgement]:
    """Return the first judgement of each claim by its number, or none when one is missing."""
    first: dict[int, Judgement] = {}
    for judgement in told.judgements:
        first.setdefault(judgement.claim, judgement)
    numbers = range(1, len(shown.claims) + 1)
    return {at: first[at] for at in numbers} if all(at in first for at in numbers) else {}


def _merged(
    verdicts: Sequence[Verdict],
    claims: Sequence[tuple[Claim, Excerpt]],
    said: dict[int, Judgement],
    shown: ListedClaims,
) -> tuple[Verdict, ...]:
    judged = {
        verdict.claim: JudgedClaim(
            verdict=verdict,
            source=excerpt.passage.span.source,
            date=(excerpt.published or "")[:10],
            relevance=claim.relevance,
        )
        for verdict, (claim, excerpt) in zip(verdicts, claims, strict=True)
    }
    idle = {shown.claims[at - 1].id for at, one in said.items() if one.label is Label.UNVERIFIED}
    return merge_verdicts(judged, _conflicts(said, shown), idle)


def _conflicts(said: dict[int, Judgement], shown: ListedClaims) -> Conflicts:
    """Return the pairs of claims that the model says conflict, whichever of the two names the other."""
    names = {at: claim.id for at, claim in enumerate(shown.claims, start=1)}
    return {
        frozenset({names[at], names[other]})
        for at, judgement in said.items()
        if judgement.label is Label.CONTRADICTED
        for other in judgement.against
        if other in names
    }
