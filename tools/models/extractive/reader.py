"""Read claims out of excerpts: verbatim statements, each with the probability that it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

from graph.off_loop import run_off_loop
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from tools.lexicon.analysis_language import in_language
from tools.models.extractive.assessment import assess
from tools.models.extractive.calibration import calibration
from tools.models.extractive.claim_rating import rated
from tools.models.extractive.editions import asks_for_past, superseded
from tools.models.extractive.leads import find_leads
from tools.models.extractive.question_language import question_language


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
        with in_language(question_language(question, excerpts)):
            return self._chosen(run, root, question, excerpts)

    def _chosen(self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]) -> tuple[Claim, ...]:
        assessed = assess(question, excerpts)
        if assessed is None:
            return ()
        older = frozenset() if asks_for_past(question) else frozenset(superseded(excerpts))
        chosen = rated(assessed, calibration(), older, run.options.depth.claims)
        return tuple(
            Claim(id=_id(root, spans), root=root, spans=spans, relevance=relevance)
            for at, relevance in chosen
            for spans in [assessed.pool[at].spans]
        )

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:  # noqa: ARG002 - the Protocol's
        """Return nothing: it reads all it is given."""
        return ()


def _leads(question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
    with in_language(question_language(question, excerpts)):
        return find_leads(question, excerpts)


def _size(excerpts: Sequence[Excerpt]) -> int:
    return sum(len(excerpt.text) for excerpt in excerpts)


def _id(root: str, spans: Sequence[Span]) -> str:
    place = "\0".join([root, *(f"{span.source}\0{span.start}\0{span.end}" for span in spans)])
    return hashlib.sha256(place.encode()).hexdigest()[:16]
