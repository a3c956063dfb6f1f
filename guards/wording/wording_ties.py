"""Does each word keep the words it depends on in its quote?"""

from __future__ import annotations

from collections.abc import Iterator

from guards.wording.wording_align import Aligned
from guards.wording.wording_terms import Term, TermSentence
from guards.wording.wording_words import CLOSED, TIMES, is_date


def loose_ties(aligned: Aligned) -> Iterator[str]:
    """Find words that are tied, shaded or joined otherwise than in the quote, or that it lacks."""
    if strange := _small_words(aligned.said, aligned.quoted):
        yield strange
    terms = aligned.quoted.terms
    for at, (term, place) in enumerate(zip(aligned.said.terms, aligned.places, strict=True)):
        here = terms[place]
        if term.operators != _shaded(aligned, place):
            yield f"{term.shown!r} is not denied, allowed, sure or counted as in its quote"
        before = aligned.places[at - 1] if at else None
        if not _is_tied(term, here, aligned, place, before):
            yield f"{term.shown!r} is tied to the rest by another word than in its quote"
        if here.verb and not term.verb and place - 1 in aligned.places:
            yield f"it leaves out a verb before {term.shown!r}"
        if at and not _is_joined(term, here, aligned, place):
            yield f"{term.shown!r} is joined by another word than in its quote"
        if _tense(term.word) != _tense(here.word) and "" not in (_tense(term.word), _tense(here.word)):
            yield f"{term.shown!r} speaks of another time than its quote"


def _small_words(said: TermSentence, quoted: TermSentence) -> str:
    strange = said.small - quoted.small - (TIMES if not TIMES.isdisjoint(quoted.small) else frozenset())
    if strange:
        return f"{min(strange)!r} does not stand in the sentence it rests on"
    if quoted.tenses and not said.tenses <= quoted.tenses:
        return "it speaks of another time"
    if astray := said.after - quoted.after - quoted.small - _shades(quoted):
        return f"{min(astray)!r} does not stand in the sentence it rests on"
    return ""


def _shades(sentence: TermSentence) -> frozenset[str]:
    return frozenset(word for term in sentence.terms for word in (*term.operators, *term.links))


def _shaded(aligned: Aligned, place: int) -> frozenset[str]:
    """Return the operators of a term and of those left out before it, within its clause."""
    terms, operators = aligned.quoted.terms, set(aligned.quoted.terms[place].operators)
    at = place
    while at > 0 and not terms[at].opens and at - 1 not in aligned.used:
        at -= 1
        operators |= terms[at].operators - CLOSED
    return frozenset(operators)


def _is_tied(term: Term, here: Term, aligned: Aligned, place: int, before: int | None) -> bool:
    """Tell whether a word has the tie of the quote, or stands in a phrase that has it."""
    if term.links == here.links:
        begun = before is not None and aligned.quoted.terms[before].phrase == here.phrase
        begins = bool(here.links) or here.phrase == place or not here.role
        return begins or begun or here.phrase in aligned.used
    if term.links and not here.links:
        skipped = range(here.phrase, place)
        return _is_same(term, here.role) and (here.hard or not any(at in aligned.places for at in skipped))
    return bool(here.links) and _is_same(term, here.links)


def _is_same(term: Term, links: tuple[str, ...]) -> bool:
    """Compare links; "in", "on", "at" and "during" say the same before a date."""
    if term.links == links:
        return True
    return is_date(term.word) and len(term.links) == len(links) == 1 and {*term.links, *links} <= TIMES


def _is_joined(term: Term, here: Term, aligned: Aligned, place: int) -> bool:
    if term.joint in ("", here.joint):
        return bool(term.joint) or here.joint != "or" or place - 1 not in aligned.used
    if here.joint:
        return "or" not in (term.joint, here.joint)
    later = (other.joint for other in aligned.quoted.terms[place + 1 :] if other.joint)
    return here.hard and term.joint == next(later, "and")


def _tense(word: str) -> str:
    return "past" if word.endswith("ed") else "present" if word.endswith("s") else ""
