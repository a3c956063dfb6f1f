"""Put the sentences that a model wrote in place of the claims they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.records import Claim, Draft, Section, Unknown
from guards.outside_text import plain
from guards.wording.wording import Worded, WordingResult
from tools.models.roles.claim_listing import ListedClaims
from tools.models.roles.role_claims import worded_claim


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedSentence:
    """Hold what a model wrote, the claims it rests on with their words, and what the guard says of it."""

    text: str
    basis: tuple[Claim, ...]
    quotes: tuple[str, ...]
    judged: Worded

    @property
    def is_refused(self) -> bool:
        """Tell whether its quotes do not hold it."""
        return self.judged.wording is WordingResult.REFUSED

    def claims(self) -> Sequence[Claim]:
        """Return the claim it makes, beside its quotes where it cannot be compared with them, or those."""
        if self.is_refused or [self.text] == [plain(quote) for quote in self.quotes]:
            return self.basis
        unchecked = self.judged.wording is WordingResult.UNCOMPARED
        made = worded_claim(self.text, self.basis, unchecked=unchecked)
        return [made, *self.basis] if unchecked else [made]


def drafted(draft: Draft, sentences: Sequence[WordedSentence], shown: ListedClaims) -> Draft:
    """Return a draft with what was written; `shown` are the claims that were put into words.

    A part without a sentence that its quotes hold stays as it was. What had to be given up is named.
    """
    wordable = {claim.id for claim in shown.claims}
    sections = tuple(_section(section, sentences, wordable) for section in draft.sections)
    names = {name for section in sections for name in section.claims}
    made = (claim for sentence in sentences for claim in sentence.claims())
    written = tuple(_once(claim for claim in made if claim.text and claim.id in names))
    return Draft(sections=sections, written=written, unknowns=tuple(_given_up(sentences)))


def _section(section: Section, sentences: Sequence[WordedSentence], wordable: set[str]) -> Section:
    """Replace the claims that were put into words by what was written; the rest follows unchanged.

    The first of them is the likeliest: a writer that rests nothing on it does not take it away.
    """
    mine = [one for one in sentences if one.basis[0].root == section.root]
    if all(one.is_refused for one in mine):
        return section
    named = {claim.id for one in mine for claim in one.basis}
    first = [name for name in section.claims if name in wordable][:1]
    missing = [name for name in first if name not in named]
    made = dict.fromkeys(claim.id for one in mine for claim in one.claims())
    kept = [name for name in section.claims if name not in wordable]
    return Section(root=section.root, claims=(*missing, *made, *kept))


def _given_up(sentences: Sequence[WordedSentence]) -> Iterator[Unknown]:
    refused = sum(one.is_refused for one in sentences)
    if refused:
        detail = f"writer: {refused} of {len(sentences)} sentences of a model say what their quotes do not"
        yield Unknown(kind="refused_wording", detail=f"{detail}: the quotes are shown")


def _once(claims: Iterable[Claim]) -> Iterable[Claim]:
    return {claim.id: claim for claim in claims}.values()
