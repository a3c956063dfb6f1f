"""Let a model point at the sentences that answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from graph.ports import Reader
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from guards.claims.stored_passage import left_out
from guards.outside_text import plain
from tools.models.evidence_packing import pack
from tools.models.extractive.calibration import calibration
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import prompt
from tools.models.roles.numbered_sentences import NumberedSentences, number_sentences
from tools.models.roles.role_claims import quoted_claim

BUDGET = 24_000
"""How many tokens of evidence are shown at once."""


class Finding(BaseModel):
    """Point at sentences by their numbers, and say how likely they answer, from 0 to 1."""

    sentences: list[int]
    relevance: float


class Findings(BaseModel):
    """List what answers the question, best first."""

    findings: list[Finding]


class ModelReader:
    """Ask a model which sentences answer; hold no tools.

    The model answers with numbers, so a claim can only be words that stand in a source. Where no model
    answers, or none of its numbers exists, the extractive reader reads.
    """

    def __init__(
        self,
        asks: ModelGateway,
        extractive: Reader,
        *,
        budget: int = BUDGET,
    ) -> None:
        self._asks = asks
        self._extractive = extractive
        self._left: dict[tuple[str, str], tuple[Unknown, ...]] = {}
        self._budget = budget
        self._prompt = prompt(ModelRole.READER)

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names in the excerpts that a follow-up search should look for, best first, by no model."""
        return await self._extractive.leads(run, question, excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take the sentences a model points at as claims, best first.

        Where the model finds no answer and comparing words finds a strong one, that one is returned, and the
        disagreement is named.
        """
        packed = pack(excerpts, self._budget)
        shown = number_sentences(packed.kept)
        if not shown.sentences:
            return await self._extractive.read(run, root, question, excerpts)
        told = await self._asks.ask(run, self._prompted(run, question, shown), Findings)
        found = list(_found(told, shown)) if told else []
        if told is None or (told.findings and not found):
            return await self._extractive.read(run, root, question, excerpts)
        claims = _claims(found, root)[: run.options.depth.claims]
        if _best(claims) < calibration().answer:
            strong = await self._extractive.read(run, root, question, excerpts)
            if _best(strong) >= calibration().strong:
                self._left[run.id, root] = (_disbelieved(question),)
                return strong
        if packed.left_out:
            self._left[run.id, root] = (left_out(packed.left_out),)
        return claims

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Return what the last reading for a root question did not show, or not believe."""
        return self._left.pop((run.id, root), ())

    def _prompted(self, run: Run, question: str, shown: NumberedSentences) -> ModelRequest:
        return ModelRequest(
            role=ModelRole.READER,
            prompt=self._prompt.tag,
            system=self._prompt.text,
            user=f"Question: {question}\nAt most {run.options.depth.claims} findings.\n\n{shown.text}",
            taint=shown.taint,
            private=shown.private,
        )


def _best(claims: Sequence[Claim]) -> float:
    return max((claim.relevance for claim in claims), default=0.0)


def _disbelieved(question: str) -> Unknown:
    detail = f"reader: a model found no answer to {plain(question)!r}; comparing words did, and it is shown"
    return Unknown(kind="models_disagree", detail=detail)


def _claims(found: Sequence[tuple[Span, float]], root: str) -> tuple[Claim, ...]:
    """Return claims that do not overlap, the most relevant first, without those that are not relevant."""
    chosen: list[Span] = []
    claims = []
    for span, relevance in sorted(found, key=lambda one: -one[1]):
        if relevance > 0 and not any(_overlaps(span, other) for other in chosen):
            chosen.append(span)
            claims.append(quoted_claim(root, span, relevance))
    return tuple(claims)


def _found(told: Findings, shown: NumberedSentences) -> Iterator[tuple[Span, float]]:
    for finding in told.findings:
        relevance = min(1.0, max(0.0, finding.relevance))
        yield from ((span, relevance) for span in shown.spans(finding.sentences))


def _overlaps(left: Span, right: Span) -> bool:
    return left.source == right.source and left.start < right.end and right.start < left.end
