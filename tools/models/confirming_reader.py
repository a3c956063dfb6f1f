"""Add to each claim the sentences of other sources that say the same, whichever engine reads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice

from graph.ports import Reader
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from tools.lexicon.terms import terms
from tools.models.extractive.candidate import Candidate
from tools.models.extractive.pool import candidates
from tools.models.roles.role_claims import quoted_claim
from tools.statements.statement import statement
from tools.statements.statement_comparison import agree

MOST = 3
"""The most sentences that are added for one claim."""

_SHARED = 0.3  # synonyms and other units leave few


class ConfirmingReader:
    """Add sentences that say neither more nor less than a claim; the judge decides what they count for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names in the excerpts, best first."""
        return await self._reader.leads(run, question, excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Return claims from the excerpts, best first, then what other sources say in other words."""
        claims = await self._reader.read(run, root, question, excerpts)
        return (*claims, *await asyncio.to_thread(_confirming, claims, excerpts)) if claims else ()

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the reader had no room for."""
        return self._reader.left_out(run, root)


def _confirming(claims: Sequence[Claim], excerpts: Sequence[Excerpt]) -> list[Claim]:
    pool = candidates(excerpts)
    taken = [span for claim in claims for span in claim.spans]
    found: dict[str, Claim] = {}
    for claim in claims:
        same = _same(claim.spans[0].source, _words(claim, excerpts), pool)
        free = (
            one for one in same if not any(_overlaps(place, span) for place in one.spans for span in taken)
        )
        for one in islice(free, MOST):
            made = quoted_claim(claim.root, one.spans[-1], claim.relevance)
            found.setdefault(made.id, made)
    return list(found.values())


def _words(claim: Claim, excerpts: Sequence[Excerpt]) -> str:
    """Return the words of a claim of one span; nothing for a claim of several."""
    first = claim.spans[0]
    for excerpt in excerpts if len(claim.spans) == 1 else ():
        place = excerpt.passage.span
        if place.source == first.source and place.start <= first.start and first.end <= place.end:
            return excerpt.text.reveal()[first.start - place.start : first.end - place.start]
    return ""


def _same(source: str, words: str, pool: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield sentences of other sources that say the same; skip the comparison with too few common words."""
    said, mine = statement(words), frozenset(terms(words))
    for other in pool:
        shared = len(mine & other.terms)
        near = other.span.source != source and shared >= max(1, _SHARED * min(len(mine), len(other.terms)))
        if near and agree(said, statement(other.text)):
            yield other


def _overlaps(left: Span, right: Span) -> bool:
    return left.source == right.source and left.start < right.end and right.start < left.end
