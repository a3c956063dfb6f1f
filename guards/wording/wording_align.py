"""Which words of a quoted sentence does a worded sentence use?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guards.wording.wording_terms import Term, TermSentence

_FEWEST_TERMS = 3  # of a part that has no form of be, have or do and no modal


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Hold what is said, the quoted sentence, which of its terms each said one is, and all that are kept."""

    said: TermSentence
    quoted: TermSentence
    places: tuple[int, ...]
    used: frozenset[int]


def align(said: TermSentence, quoted: TermSentence) -> Aligned | None:
    """Find each term of what is said in the quoted sentence; None where one is missing there."""
    places = _places(said.terms, quoted.terms)
    if places is None:
        return None
    kept = frozenset(places) | (_repeated(places, quoted.terms) if said.pronoun else frozenset())
    return Aligned(said=said, quoted=quoted, places=places, used=kept)


def is_whole(said: TermSentence, quoted: TermSentence) -> bool:
    """Tell whether a part of a joined sentence says something of something, and is not half of it."""
    places = _places(said.terms, quoted.terms) or ()
    used, terms = frozenset(places), quoted.terms
    at, first = min(places, default=0), min(places, default=0)
    while at < len(terms) and (at == first or not (terms[at].links or terms[at].opens)):
        if at not in used:
            return False
        at += 1
    last, behind = max(places, default=0), terms[max(places, default=0) + 1 :][:1]
    complete = all(term.links or term.opens or (term.verb and terms[last].role) for term in behind)
    enough = len(places) + len(said.after) >= _FEWEST_TERMS or any(terms[at].verb for at in used)
    return complete and (enough or len(terms) - first == len(used))


def _places(said: Sequence[Term], quoted: Sequence[Term]) -> tuple[int, ...] | None:
    """Find each term: tied as it is said and behind the one before, as far as there is a choice."""
    where: dict[str, list[int]] = {}
    for at, term in enumerate(quoted):
        where.setdefault(term.stem, []).append(at)
    places: dict[int, None] = {}
    last = -1
    for term in said:
        free = [at for at in where.get(term.stem, ()) if at not in places]
        if not free:
            return None
        _, last = min((_farness(term, quoted[at], at - last), at) for at in free)
        places[last] = None
    return tuple(places)


def _repeated(places: Sequence[int], terms: Sequence[Term]) -> frozenset[int]:
    """Return the words that a pronoun may stand for, because they are said elsewhere in the sentence."""
    said, clauses = {terms[at].stem for at in places}, {terms[at].clause for at in places}
    return frozenset(
        at
        for at, term in enumerate(terms)
        if term.stem in said and term.clause in clauses and at not in places and not term.operators
    )


def _farness(term: Term, other: Term, step: int) -> tuple[bool, bool, int]:
    tied = (term.links, term.operators, term.opens) == (other.links, other.operators, other.opens)
    return (not tied and step != 1, step < 0, abs(step))
