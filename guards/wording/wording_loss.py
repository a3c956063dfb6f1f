"""What was left out that the rest depends on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from guards.wording.wording_align import Aligned
from guards.wording.wording_sentences import is_row
from guards.wording.wording_terms import Term
from guards.wording.wording_words import (
    ATTITUDES,
    BOUNDS,
    CLOSED,
    DENIALS,
    INCOMPLETE,
    MODALS,
    NEAR_DENIALS,
    ORDINALS,
    SUBORDINATE,
    SUPERLATIVES,
    is_participle,
)

_DENIALS = frozenset(DENIALS.values())
_BINDING = _DENIALS | MODALS | CLOSED
_RESTRICTING = frozenset({("of",), ("in",), ("on",), ("at",), ("with",), ("from",), ("for",), ("to",)})


def lost(aligned: Aligned) -> Iterator[str]:
    """Find what was left out that the rest depends on."""
    terms, used = aligned.quoted.terms, aligned.used
    clauses = {terms[at].clause for at in used}
    for at, term in enumerate(terms):
        if at in used:
            yield from _unfinished(aligned, at)
        elif term.wide and not clauses.isdisjoint(_reach(terms, at)):
            yield f"it leaves out {term.shown!r}, on which the rest hangs"
        elif term.early & _BINDING and at - 1 in used:
            yield f"it leaves out {min(term.early & _BINDING)!r}"
        elif term.joint == "or" and term.clause - 1 in clauses:
            yield "it leaves out an alternative"
        elif term.operators & _BINDING and term.clause in clauses and not _carried(aligned, at):
            yield f"it leaves out {min(term.operators & _BINDING)!r}"
        elif _is_bound(term) and term.clause in clauses:
            yield f"it leaves out {term.shown!r}, up to which the rest holds"
    kept = aligned.said.after | frozenset().union(*(t.operators for t in aligned.said.terms))
    if terms and len(terms) - 1 in used and (aligned.quoted.after & _BINDING) - kept:
        yield f"it leaves out {min(aligned.quoted.after & _BINDING)!r}"


def _is_bound(term: Term) -> bool:
    """Tell a number that says how far the rest holds: "below 40 degrees", "over 65"."""
    return term.stem[0].isdigit() and not BOUNDS.isdisjoint(term.links)


def _reach(terms: Sequence[Term], place: int) -> set[int]:
    """Return the clauses that hang on a word.

    A condition that begins the sentence governs all of it, a later one the clauses before it as far as they
    are joined without a comma, and the clause behind it unless a joint begins that one. An attitude governs
    its own clause and those beside it; what "and" begins says nothing of the clause before it.
    """
    clause = terms[place].clause
    joints = {term.clause: bool(term.joint) for term in terms if term.opens}
    tight = {term.clause for term in terms if term.opens and term.joint and not term.apart}
    behind = set() if joints.get(clause + 1) else {clause + 1}
    if clause == 0 and terms[place].word not in ATTITUDES:
        return set(joints)
    if joints[clause] or clause == 0:
        return {clause} | behind
    first = clause - 1
    while first in tight and terms[place].word not in ATTITUDES:
        first -= 1
    return {*range(first, clause + 1)} | behind


def _carried(aligned: Aligned, place: int) -> bool:
    """Tell whether operators of a word that was left out are kept, or went with all they speak of."""
    terms, behind = aligned.quoted.terms, place + 1
    while behind < len(terms) and behind not in aligned.used and not terms[behind].opens:
        behind += 1
    taken = behind < len(terms) and not terms[behind].opens
    if terms[place].operators & (CLOSED - NEAR_DENIALS):
        same = taken and not any(t.links or t.verb for t in terms[place + 1 : behind + 1])
        return not same and not terms[place].operators & (_DENIALS | MODALS)
    return taken


def _unfinished(aligned: Aligned, place: int) -> Iterator[str]:
    """Find what was left out beside a word that is kept, and would limit it."""
    terms, used = aligned.quoted.terms, aligned.used
    here, behind = terms[place], terms[place + 1 :][:1]
    if here.operators & _DENIALS:
        for at in range(place + 1, len(terms)):
            if terms[at].hard:
                break
            if at not in used:
                yield f"it leaves out {terms[at].shown!r} of what is denied"
    if here.stem[0].isdigit() and place > 0 and place - 1 not in used and not terms[place - 1].stem.isalnum():
        yield f"it leaves out the sign of {here.shown!r}"
    bare = any(not (term.links or term.opens or term.verb) for term in behind)
    if (here.stem[0].isdigit() or here.owner) and bare and place + 1 not in used:
        yield f"it leaves out what stands behind {here.shown!r}"
    yield from _torn(aligned, place)
    yield from _unlimited(aligned, place)


def _torn(aligned: Aligned, place: int) -> Iterator[str]:
    """Find what was torn off a word: a part of it, what takes it back, or of what its number is said."""
    terms, used, here = aligned.quoted.terms, aligned.used, aligned.quoted.terms[place]
    if (
        place > 0
        and place - 1 not in used
        and (here.glued or (terms[place - 1].word in ORDINALS and not here.links))
    ):
        yield f"it leaves out {terms[place - 1].shown!r}"
    if any(term.glued for term in terms[place + 1 :][:1]) and place + 1 not in used:
        yield f"it leaves out {terms[place + 1].shown!r}"
    if here.stem[0].isdigit() and here.joint and not here.verb:
        rest = takewhile(lambda at: not terms[at].opens, range(place + 1, len(terms)))
        yield from (
            f"it leaves out {terms[at].shown!r}, of which it is said" for at in rest if at not in used
        )


def _unlimited(aligned: Aligned, place: int) -> Iterator[str]:
    """Find the phrase left out that limits a quantity, a superlative or what something is said to be."""
    terms, here = aligned.quoted.terms, aligned.quoted.terms[place]
    said_to_be = here.be and (here.word in INCOMPLETE or not is_participle(here.word))
    if not (said_to_be or here.operators & CLOSED or here.word in SUPERLATIVES):
        return
    for at in range(place + 1, min(place + 3, len(terms))):
        restrictive = terms[at].soft and not terms[at].hard
        if (restrictive or terms[at].links[:1] in _RESTRICTING) and at not in aligned.used:
            yield f"it leaves out {terms[at].shown!r}, which limits it"
        if terms[at].links or terms[at].opens or terms[at].verb:
            return


def cut(aligned: Aligned, main: Sequence[int], led: Sequence[str]) -> str:
    """Refuse a clause whose beginning is left out: what follows would be said of something else."""
    terms, used = aligned.quoted.terms, aligned.used
    before = -1
    for place in main:
        opening = max((at for at in range(before + 1, place + 1) if terms[at].opens), default=None)
        if opening is not None:
            gone = [terms[at].stem for at in range(opening, place) if at not in used]
            led_by = before < 0 and opening == 0 and gone == list(led[: len(gone)])
            if gone and not led_by and not _is_listed(aligned, opening, place):
                return "it leaves out what its quote says it of"
            if before < 0 and opening > 0 and not _may_begin(aligned, opening):
                return "it begins in the middle of what its quote says"
        before = place
    return _subject_cut(aligned, led)


def _is_listed(aligned: Aligned, opening: int, place: int) -> bool:
    """Tell a last subject that was left out whole, and nothing else before the verb: "A and B are"."""
    terms, used = aligned.quoted.terms, aligned.used
    item = terms[opening:place]
    before = [at for at in range(opening) if terms[at].clause == terms[opening].clause - 1]
    return (
        terms[opening].joint == "and"
        and terms[place].verb
        and not any(term.verb or term.operators for term in item)
        and all(at not in used for at in range(opening, place))
        and all(at in used and not terms[at].verb for at in before)
    )


def _may_begin(aligned: Aligned, opening: int) -> bool:
    """Let a sentence begin with a later clause that stands by itself, where nothing before it denies.

    The cells of a row do not: they speak of its first.
    """
    terms = aligned.quoted.terms
    first = terms[opening]
    excepted = first.joint == "but" and not first.apart  # "everyone but Anna"
    if is_row(aligned.quoted.text) or first.soft or excepted or not (first.hard or first.links):
        return False
    return not any(terms[at].operators & _DENIALS for at in range(opening) if at not in aligned.used)


def _subject_cut(aligned: Aligned, led: Sequence[str]) -> str:
    """Refuse a subject that lost a word: "payments above 500 dollars must" says nothing of all payments."""
    terms, used = aligned.quoted.terms, aligned.used
    for place in used:
        if terms[place].verb:
            start = place
            if not SUBORDINATE.isdisjoint(terms[place].links) and not (
                terms[place].hard or terms[place].soft
            ):
                start -= 1  # the verb stands before "as" or "when", and so does its subject
            while start > 0 and not terms[start].opens:
                start -= 1
            gone = [terms[at].stem for at in range(start, place) if at not in used]
            led_by = start == 0 and gone == list(led[: len(gone)])
            if gone and not led_by and not _is_listed(aligned, start, place):
                return "it leaves out words that limit what it speaks of"
    return ""
