"""Read claims out of excerpts: verbatim statements, each with the probability that it answers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from graph.off_loop import run_off_loop
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from tools.lexicon.analysis_language import in_language
from tools.models.extractive.bridges import Bridge, bridges
from tools.models.extractive.calibration import calibration
from tools.models.extractive.diversity import diversify
from tools.models.extractive.editions import asks_for_past, superseded
from tools.models.extractive.features import features
from tools.models.extractive.inquiry import Inquiry, inquire
from tools.models.extractive.leads import find_leads
from tools.models.extractive.pool import Candidate, candidates
from tools.models.extractive.question_language import question_language
from tools.models.extractive.question_phrases import without_phrase
from tools.statements.statement import statement
from tools.statements.statement_comparison import differ, disagree

_SHORTLIST = 24
_TRADE = 0.75
_OLDER = 0.5
_ALIKE = 0.4  # less is little enough, whether two statements disagree or not


class ExtractiveReader:
    """Answer from the words of the sources alone; hold no tools."""

    async def leads(
        self,
        run: Run,  # noqa: ARG002 - the Protocol's; it calls nothing
        question: str,
        excerpts: Sequence[Excerpt],
    ) -> tuple[Lead, ...]:
        """Point at names in the excerpts that a follow-up search should look for, best first."""
        return await run_off_loop(_size(excerpts), partial(_leads, question, excerpts))

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take the statements that answer the question out of the excerpts, best first."""
        return await run_off_loop(_size(excerpts), partial(self._read, run, root, question, excerpts))

    def _read(self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]) -> tuple[Claim, ...]:
        language = question_language(question, excerpts)
        with in_language(language):
            return self._chosen(run, root, without_phrase(question, language), excerpts)

    def _chosen(self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]) -> tuple[Claim, ...]:
        pool = candidates(excerpts)
        if not pool:
            return ()
        inquiry = weigh(question, pool)
        found = bridges(inquiry, pool)
        older = frozenset() if asks_for_past(question) else frozenset(superseded(excerpts))
        relevance = [
            calibration().probability(row) * (_OLDER if candidate.span.source in older else 1.0)
            for row, candidate in zip(features(inquiry, pool, found), pool, strict=True)
        ]
        chosen = choose(pool, relevance, found, run.options.depth.claims)
        return tuple(
            Claim(id=_id(root, pool[at].span), root=root, spans=(pool[at].span,), relevance=probability)
            for at, probability in chosen
        )

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:  # noqa: ARG002 - the Protocol's
        """Return nothing: it reads all it is given."""
        return ()


def _leads(question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
    with in_language(question_language(question, excerpts)):
        return find_leads(question, excerpts)


def _size(excerpts: Sequence[Excerpt]) -> int:
    return sum(len(excerpt.text) for excerpt in excerpts)


def weigh(question: str, pool: Sequence[Candidate]) -> Inquiry:
    """Read a question against a pool: its terms weigh by how rare they are there."""
    frequencies = Counter(word for candidate in pool for word in candidate.terms)
    return inquire(question, frequencies, len(pool))


def choose(
    pool: Sequence[Candidate], relevance: Sequence[float], found: Mapping[int, Bridge], count: int
) -> list[tuple[int, float]]:
    """Return places in the pool with their probability: relevant, diverse, the best one's bridge first."""
    order = sorted(range(len(pool)), key=lambda at: (-relevance[at], at))[:_SHORTLIST]
    best = order[0]
    # Relative to the best: likeness must not outweigh relevance where every probability is small.
    scale = relevance[best] or 1.0
    likely = diversify([relevance[at] / scale for at in order], _likeness(pool, order), _SHORTLIST, _TRADE)
    pair = found.get(best) if count > 1 else None
    chosen = dict.fromkeys((pair.first, pair.second) if pair else (best,), relevance[best])
    for at in (order[place] for place in likely):
        if len(chosen) < count and not any(_overlaps(pool[at].span, pool[other].span) for other in chosen):
            chosen[at] = relevance[at]
    return sorted(chosen.items(), key=lambda item: -item[1])


def _likeness(pool: Sequence[Candidate], order: Sequence[int]) -> Callable[[int, int], float]:
    """Return the overlap of two statements; those of two sources that may disagree are not alike at all."""

    def alike(one: int, other: int) -> float:
        left, right = pool[order[one]], pool[order[other]]
        shorter = min(len(left.terms), len(right.terms))
        overlap = len(left.terms & right.terms) / shorter if shorter else 1.0
        if overlap < _ALIKE or left.span.source == right.span.source:
            return overlap
        says = statement(left.text), statement(right.text)
        return 0.0 if differ(*says) or disagree(*says) else overlap

    return alike


def _overlaps(left: Span, right: Span) -> bool:
    return left.source == right.source and left.start < right.end and right.start < left.end


def _id(root: str, span: Span) -> str:
    place = f"{root}\0{span.source}\0{span.start}\0{span.end}"
    return hashlib.sha256(place.encode()).hexdigest()[:16]
