"""Turn a sentence into another order that says the same: passive into active, "the pump's weight"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guards.wording.wording_terms import Term, TermSentence, placed
from guards.wording.wording_words import is_participle


def turned(sentence: TermSentence) -> Iterator[TermSentence]:
    """Yield the sentence in each other order that says the same."""
    if active := _active(sentence.terms):
        yield replace(sentence, terms=placed(active), small=sentence.small - {"by"})
    if owned := _of(sentence.terms):
        yield replace(sentence, terms=placed(owned))


def _active(terms: Sequence[Term]) -> list[Term]:
    """Put who did it first: "X was made by Y in Z" as "Y made X in Z"; nothing without such a passive."""
    by = next((at for at, term in enumerate(terms) if term.links == ("by",)), 0)
    made = next((at for at, term in enumerate(terms[:by]) if term.verb and is_participle(term.word)), 0)
    if not made or any(term.opens for term in terms[1 : by + 1]):
        return []
    end = _end(terms, by)
    while end < len(terms) and terms[end].links == ("of",) and not terms[end].opens:
        end = _end(terms, end)
    return [
        _free(terms[by], first=True),
        *terms[by + 1 : end],
        replace(terms[made], verb=False),
        _free(terms[0], first=False),
        *terms[1:made],
        *terms[made + 1 : by],
        *terms[end:],
    ]


def _of(terms: Sequence[Term]) -> list[Term]:
    """Put the first owner behind what it owns; nothing where there is none."""
    owner = next((at for at, term in enumerate(terms) if term.owner and term.phrase <= at), None)
    if owner is None:
        return []
    start, end = owner, _end(terms, owner)
    while start > terms[owner].phrase and not terms[start].named:
        start -= 1
    if end == owner + 1:
        return []
    first = replace(
        terms[owner + 1], links=terms[start].links, opens=terms[start].opens, hard=terms[start].hard
    )
    last = replace(terms[start], links=("of",), opens=False, hard=False)
    return [
        *terms[:start],
        first,
        *terms[owner + 2 : end],
        last,
        *terms[start + 1 : owner + 1],
        *terms[end:],
    ]


def _end(terms: Sequence[Term], at: int) -> int:
    """Return where the phrase of a term ends."""
    behind = range(at + 1, len(terms))
    return next((i for i in behind if terms[i].links or terms[i].opens or terms[i].verb), len(terms))


def _free(term: Term, *, first: bool) -> Term:
    return replace(term, links=(), opens=first, hard=first)
