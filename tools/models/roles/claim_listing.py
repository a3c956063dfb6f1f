"""Show claims with their words to a model that judges them or writes from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.reading import Excerpt
from graph.records import Claim
from guards.outside_text import is_public, plain
from tools.models.evidence_packing import LONGEST, tokens_of
from tools.models.prompts import fenced
from tools.models.roles.numbered_sentences import MOST_ADJACENT, source_heading

BUDGET = 16_000
"""How many tokens of claims are shown at once."""

Quoted = tuple[Claim, Excerpt]
"""A claim with the words it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClaims:
    """Hold what a model is shown, and the claim behind each number, from 1."""

    text: str
    claims: tuple[Claim, ...]
    taint: tuple[str, ...]
    private: bool


def list_claims(quoted: Sequence[Quoted], budget: int = BUDGET) -> ListedClaims:
    """Give claims their numbers from 1, as many of the first as fit into `budget` tokens."""
    sources = list(dict.fromkeys(excerpt.passage.span.source for _, excerpt in quoted))
    lines: list[str] = []
    spent = 0
    for at, (claim, excerpt) in enumerate(quoted, start=1):
        place = source_heading(sources.index(excerpt.passage.span.source) + 1, excerpt)
        said = plain(quoted_words(claim, excerpt))[: LONGEST * MOST_ADJACENT]
        line = f"[{at}] {said}\n    ({place})"
        spent += tokens_of(line) + 1
        if spent > budget:
            break
        lines.append(line)
    fitting = quoted[: len(lines)]
    return ListedClaims(
        text=fenced("\n".join(lines)),
        claims=tuple(claim for claim, _ in fitting),
        taint=tuple(dict.fromkeys(excerpt.passage.span.source for _, excerpt in fitting)),
        private=any(not is_public(excerpt.location) for _, excerpt in fitting),
    )


def quoted_words(claim: Claim, excerpt: Excerpt) -> str:
    """Return the words a claim rests on in its excerpt's source, from the first to the last."""
    place = excerpt.passage.span
    here = [span for span in claim.spans if span.source == place.source]
    start = min(span.start for span in here) - place.start
    return excerpt.text.reveal()[max(0, start) : max(span.end for span in here) - place.start]
