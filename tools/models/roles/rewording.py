"""Ask a model once to reword sentences that their quotes do not support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from graph.records import Run
from guards.outside_text import plain
from guards.wording.wording import usable
from tools.models.evidence_packing import tokens_of
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import fenced, prompt
from tools.models.roles.claim_listing import ListedClaims

PROMPT = "rewording"
BUDGET = 4_000
"""How many tokens of sentences are given back; those beyond it keep their quotes."""
MOST_WORDS = 120
"""How many of the words that a sentence may use are named."""


class Reworded(BaseModel):
    """Write the sentence of that number again."""

    number: int
    text: str


class Rewordings(BaseModel):
    """Write the sentences again."""

    sentences: list[Reworded]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsupportedSentence:
    """Hold a sentence that its quotes do not support, and why not."""

    text: str
    quotes: tuple[str, ...]
    reasons: tuple[str, ...]


async def reword(
    asks: ModelGateway, run: Run, departing: Sequence[UnsupportedSentence], shown: ListedClaims
) -> Mapping[int, str]:
    """Return new sentences by their index, for those that a model reworded."""
    entries = _fitting([_entry(at, one) for at, one in enumerate(departing, start=1)])
    told = await asks.ask(run, _prompted(entries, shown), Rewordings) if entries else None
    return {one.number - 1: one.text for one in told.sentences if one.number > 0} if told else {}


def _prompted(entries: Sequence[str], shown: ListedClaims) -> ModelRequest:
    made = prompt(PROMPT)  # read when the writer is made
    return ModelRequest(
        role=ModelRole.WRITER,
        prompt=made.tag,
        system=made.text,
        user=fenced("\n".join(entries)),
        taint=shown.taint,
        private=shown.private,
        claims=len(entries),
    )


def _entry(at: int, one: UnsupportedSentence) -> str:
    words = " ".join(usable(one.quotes)[:MOST_WORDS])
    claims = "\n".join(f"    claim: {plain(quote)}" for quote in one.quotes)
    return (
        f"[{at}] {one.text}\n    wrong: {plain('; '.join(one.reasons))}\n    words: {plain(words)}\n{claims}"
    )


def _fitting(entries: Sequence[str]) -> Sequence[str]:
    """Return as many of the first entries as fit into what is shown at once."""
    spent = 0
    for at, entry in enumerate(entries):
        spent += tokens_of(entry) + 1
        if spent > BUDGET:
            return entries[:at]
    return entries
