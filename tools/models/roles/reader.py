"""Let a model point at the sentences that answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pydantic import BaseModel

from graph.off_loop import run_off_loop
from graph.ports import Reader
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from guards.claims.stored_passage import left_out
from guards.outside_text import plain
from tools.models.evidence_packing import pack
from tools.models.extractive.calibration import calibration
from tools.models.extractive.second_opinion import LEAST, second_opinion
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import prompt
from tools.models.roles.announced import with_announced
from tools.models.roles.numbered_sentences import NumberedSentences, number_sentences
from tools.models.roles.role_claims import quoted_claim

BUDGET = 24_000
"""How many tokens of evidence are shown at once."""
MOST_DOUBTED = 2
"""The most sentences that are shown behind those of the engine though they do not seem to answer."""


class Finding(BaseModel):
    """Point at sentences by their numbers, and say how likely they answer, from 0 to 1."""

    sentences: list[int]
    relevance: float


class Findings(BaseModel):
    """List what answers the question, best first; where nothing does, name the `nearest` sentences."""

    findings: list[Finding]
    nearest: list[int] = []


class ModelReader:
    """Ask a model which sentences answer; hold no tools.

    The model answers with numbers, so a claim can only be words that stand in a source. Where no model
    answers, or what it says cannot be believed, the extractive reader reads.
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

        Where a model finds no answer and comparing words finds one, or where it points at what has nothing to
        do with the question, what comparing words finds is returned, and the disagreement is named.
        """
        packed = pack(excerpts, self._budget)
        shown = number_sentences(packed.kept)
        if not shown.sentences:
            return await self._extractive.read(run, root, question, excerpts)
        told = await self._asks.ask(run, self._prompted(run, question, shown), Findings)
        if told is None:
            return await self._extractive.read(run, root, question, excerpts)
        if packed.left_out:
            self._left[run.id, root] = (left_out(packed.left_out),)
        work = partial(_weighed, told, shown, root, question, packed.kept)
        heard = await run_off_loop(sum(len(excerpt.text) for excerpt in packed.kept), work)
        claims = heard.claims[: run.options.depth.claims]
        if heard.believed and _best(claims) >= calibration().answer:
            return claims
        return await self._doubted(run, root, question, excerpts, heard)

    async def _doubted(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt], heard: _Heard
    ) -> tuple[Claim, ...]:
        """Return what comparing words finds, where that outweighs what a model says."""
        claims = await self._extractive.read(run, root, question, excerpts)
        if not heard.believed:
            self._left[run.id, root] = (_astray(question),)
            return _joined(claims, heard.claims) if _best(claims) >= calibration().answer else claims
        if _best(claims) >= (calibration().strong if heard.has_read else calibration().answer):
            self._left[run.id, root] = (_disbelieved(question),)
        elif heard.has_read:
            return heard.claims
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Hold the claims that a model points at, whether they are `believed`, and whether it `has_read`.

    One that finds nothing and names nothing that comes near may just have said nothing.
    """

    claims: tuple[Claim, ...]
    believed: bool
    has_read: bool


def _weighed(
    told: Findings, shown: NumberedSentences, root: str, question: str, excerpts: Sequence[Excerpt]
) -> _Heard:
    """Compare what a model points at with what comparing words would choose."""
    found = list(_found(told, shown))
    whole = with_announced([span for span, _ in found], excerpts)
    claims = _claims([(span, relevance) for span, (_, relevance) in zip(whole, found, strict=True)], root)
    opinion = second_opinion(question, excerpts) if claims else None
    if opinion is None:
        has_read = bool(shown.spans(told.nearest))
        return _Heard(claims=claims, believed=not told.findings or bool(claims), has_read=has_read)
    topical = tuple(claim for claim in claims if opinion.is_topical(claim.spans[0]))
    believed = opinion.is_plausible([claim.spans[0] for claim in topical])
    return _Heard(claims=topical, believed=believed, has_read=True)


def _joined(claims: Sequence[Claim], others: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims, then the first others that say something else, as unlikely as words find them."""
    taken = [span for claim in claims for span in claim.spans]
    new = [one for one in others if not any(_overlaps(one.spans[0], span) for span in taken)]
    least = _best(claims) * LEAST
    return (*claims, *(replace(one, relevance=min(one.relevance, least)) for one in new[:MOST_DOUBTED]))


def _best(claims: Sequence[Claim]) -> float:
    return max((claim.relevance for claim in claims), default=0.0)


def _disbelieved(question: str) -> Unknown:
    detail = f"reader: a model found no answer to {plain(question)!r}; comparing words did, and it is shown"
    return Unknown(kind="models_disagree", detail=detail)


def _astray(question: str) -> Unknown:
    detail = f"reader: a model pointed at nothing that bears on {plain(question)!r}; words were compared"
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
