"""Does a sentence hold what is said, in its order, with all that shades it and all it hangs on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guards.wording_terms import Sentence, Term
from guards.wording_words import ATTITUDES, CALENDAR, CLOSED, DENIALS, FIXED, MODALS, SUBORDINATE, TIMES

MOST_TERMS = 300
"""The longest sentence that is compared; beyond it nothing is covered but the sentence itself."""

_FEWEST_TERMS = 3  # of a part that has no form of be, have or do and no modal
_DENIALS = frozenset(DENIALS.values())
_BINDING = _DENIALS | MODALS | CLOSED
_RESTRICTING = frozenset({"of", "in", "on", "at", "with", "from", "for", "to"})
_EITHER = frozenset({"before", "after", "since", "until", "till", "as", "than", "despite", "except", "so"})
_SUPERLATIVES = frozenset(
    (  # noqa: SIM905 - a word list reads best as words
        "best worst largest biggest highest lowest smallest longest shortest oldest newest youngest"
        " earliest latest fastest slowest greatest deepest strongest weakest richest poorest busiest"
        " tallest first last"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Hold what is said, the quoted sentence, which of its terms each said one is, and all that are kept."""

    said: Sentence
    quoted: Sentence
    places: tuple[int, ...]
    used: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Hold terms that follow each other in both sentences, and the links they begin with."""

    links: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def mobile(self) -> bool:
        """Tell a phrase that may stand elsewhere: it takes along the word that ties it."""
        return bool(self.links) and self.links[-1] not in FIXED


def departure(said: Sentence, quoted: Sentence, led: Sequence[str] = ()) -> str:
    """Say how a sentence departs from the one that is quoted, or "" where it does not.

    `led` are the stems that may be left out at the beginning, because what is said before begins with them.
    """
    if max(len(said.terms), len(quoted.terms)) > MOST_TERMS:
        return "it is too long to be compared"
    places = _places(said.terms, quoted.terms)
    if places is None:
        return "no sentence of its quotes holds all its words"
    used = frozenset(places) | (_repeated(places, quoted.terms) if said.pronoun else frozenset())
    aligned = Aligned(said=said, quoted=quoted, places=places, used=used)
    main, turned = _main_line(aligned)
    return (
        turned
        or _small_words(said, quoted)
        or next(_loose_ties(aligned), "")
        or next(_lost(aligned), "")
        or _cut(aligned, main, led)
    )


def is_whole(said: Sentence, quoted: Sentence) -> bool:
    """Tell whether a part of a joined sentence says something of something, and is not half of it."""
    places = _places(said.terms, quoted.terms) or ()
    used, terms = frozenset(places), quoted.terms
    at, first = min(places, default=0), min(places, default=0)
    while at < len(terms) and (at == first or not (terms[at].links or terms[at].opens)):
        if at not in used:
            return False
        at += 1
    behind = terms[max(places, default=0) + 1 :][:1]
    complete = all(term.links or term.opens for term in behind)
    enough = len(places) + len(said.after) >= _FEWEST_TERMS
    whole = len(used) == len(terms)
    return complete and (enough or whole or any(terms[at].verb for at in used))


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


def _pieces(aligned: Aligned) -> Iterator[_Piece]:
    terms, places = aligned.said.terms, aligned.places
    starts = [0] + [
        at
        for at in range(1, len(places))
        if terms[at].links or terms[at].opens or places[at] < places[at - 1]
    ]
    for start, end in pairwise([*starts, len(places)]):
        yield _Piece(links=terms[start].links, places=places[start:end])


def _main_line(aligned: Aligned) -> tuple[list[int], str]:
    """Follow the terms that keep their order; say so when others than whole phrases left it."""
    main: list[_Piece] = []
    moved: list[tuple[int, int]] = []
    end = -1
    for piece in _pieces(aligned):
        here = piece.places[0]
        if here > (main[-1].places[-1] if main else -1):
            main.append(piece)
        elif moved and moved[-1][0] == len(main) and here > end and (here == end + 1 or not piece.mobile):
            end = piece.places[-1]
        elif piece.mobile:
            moved.append((len(main), here))
            end = piece.places[-1]
        elif not moved and _is_fronted(main, here):
            # A phrase was put to the front: the sentence itself begins here.
            moved, main = [(0, main[0].places[0])], [piece]
        else:
            return [], "it turns round what its quote says of what"
    line = [place for piece in main for place in piece.places]
    turned = _crossing(aligned, main, moved) or _same_links_turned(aligned) or _beheaded(aligned)
    return line, turned


def _is_fronted(main: Sequence[_Piece], here: int) -> bool:
    """Tell whether all that is said so far is one phrase that stands behind this place in the quote."""
    whole = all(left.places[-1] + 1 == right.places[0] for left, right in pairwise(main))
    return main[0].mobile and main[0].places[0] > here and whole


def _beheaded(aligned: Aligned) -> str:
    """Refuse a word of a clause that is said before the word that begins and ties the clause."""
    terms = aligned.quoted.terms
    heads = {term.clause: at for at, term in enumerate(terms) if term.opens and _is_subordinate(term)}
    said: set[int] = set()
    for place in aligned.places:
        head = heads.get(terms[place].clause, place)
        if head != place and head not in said and head in aligned.places:
            return "it turns round a clause"
        said.add(place)
    return ""


def _is_subordinate(term: Term) -> bool:
    """Tell a clause from a phrase: "before" and "after" begin either."""
    return not (SUBORDINATE - _EITHER).isdisjoint(term.links)


def _crossing(aligned: Aligned, main: Sequence[_Piece], moved: Sequence[tuple[int, int]]) -> str:
    """Refuse a phrase that left its clause; one that begins its sentence belongs to all of it."""
    terms = aligned.quoted.terms
    for at, here in moved:
        passed = [p for one in main[:at] for p in one.places if p > here]
        passed += [p for one in main[at:] for p in one.places if p < here]
        if passed and here > 0:
            low, high = min(*passed, here), max(*passed, here)
            if any(term.joint for term in terms[low + 1 : high + 1]):
                return "it moves a phrase to another clause"
    return ""


def _same_links_turned(aligned: Aligned) -> str:
    """Refuse phrases of one kind that changed places: "in May" and "in June"."""
    latest: dict[tuple[str, bool], int] = {}
    for term, place in zip(aligned.said.terms, aligned.places, strict=True):
        if term.links:
            dated = _is_dated(term)
            key = "in" if dated and term.links[-1] in TIMES else term.links[-1]
            if place < latest.get((key, dated), -1):
                return "it turns round phrases that begin alike"
            latest[key, dated] = place
    return ""


def _small_words(said: Sentence, quoted: Sentence) -> str:
    strange = said.small - quoted.small - (TIMES if not TIMES.isdisjoint(quoted.small) else frozenset())
    if strange:
        return f"{min(strange)!r} does not stand in the sentence it rests on"
    if quoted.tenses and not said.tenses <= quoted.tenses:
        return "it speaks of another time"
    if astray := said.after - quoted.after - quoted.small - _shades(quoted):
        return f"{min(astray)!r} does not stand in the sentence it rests on"
    return ""


def _shades(sentence: Sentence) -> frozenset[str]:
    return frozenset(word for term in sentence.terms for word in (*term.operators, *term.links))


def _loose_ties(aligned: Aligned) -> Iterator[str]:
    """Find words that are tied or shaded otherwise than in the quote."""
    terms = aligned.quoted.terms
    for at, (term, place) in enumerate(zip(aligned.said.terms, aligned.places, strict=True)):
        here = terms[place]
        if term.operators != _shaded(aligned, place):
            yield f"{term.word[:40]!r} is not denied, allowed, sure or counted as in its quote"
        if not _is_tied(term, here, aligned, place):
            yield f"{term.word[:40]!r} is tied to the rest by another word than in its quote"
        if here.verb and not term.verb and place - 1 in aligned.places:
            yield f"it leaves out a verb before {term.word[:40]!r}"
        if at and not _is_joined(term, here, aligned, place):
            yield f"{term.word[:40]!r} is joined by another word than in its quote"
        if _tense(term.word) != _tense(here.word) and "" not in (_tense(term.word), _tense(here.word)):
            yield f"{term.word[:40]!r} speaks of another time than its quote"


def _shaded(aligned: Aligned, place: int) -> frozenset[str]:
    """Return the operators of a term and of those left out before it, within its clause."""
    terms, operators = aligned.quoted.terms, set(aligned.quoted.terms[place].operators)
    at = place
    while at > 0 and not terms[at].opens and at - 1 not in aligned.used:
        at -= 1
        operators |= terms[at].operators - CLOSED
    return frozenset(operators)


def _is_tied(term: Term, here: Term, aligned: Aligned, place: int) -> bool:
    if term.links == here.links:
        return bool(here.links) or here.phrase == place or not here.role or here.phrase in aligned.used
    if term.links and not here.links:
        before = range(here.phrase, place)
        return _is_same(term, here.role) and (here.hard or not any(at in aligned.places for at in before))
    return bool(here.links) and _is_same(term, here.links)


def _is_same(term: Term, links: tuple[str, ...]) -> bool:
    """Compare links; "in", "on", "at" and "during" say the same before a date."""
    if term.links == links:
        return True
    return _is_dated(term) and len(term.links) == len(links) == 1 and {*term.links, *links} <= TIMES


def _is_dated(term: Term) -> bool:
    return term.stem[0].isdigit() or term.word in CALENDAR


def _is_joined(term: Term, here: Term, aligned: Aligned, place: int) -> bool:
    if term.joint in ("", here.joint):
        return bool(term.joint) or here.joint != "or" or place - 1 not in aligned.used
    if here.joint:
        return "or" not in (term.joint, here.joint)
    later = (other.joint for other in aligned.quoted.terms[place + 1 :] if other.joint)
    return here.hard and term.joint == next(later, "and")


def _tense(word: str) -> str:
    return "past" if word.endswith("ed") else "present" if word.endswith("s") else ""


def _lost(aligned: Aligned) -> Iterator[str]:
    """Find what was left out although what is kept hangs on it."""
    terms, used = aligned.quoted.terms, aligned.used
    clauses = {terms[at].clause for at in used}
    for at, term in enumerate(terms):
        if at in used:
            yield from _unfinished(aligned, at)
        elif term.wide and not clauses.isdisjoint(_reach(terms, at)):
            yield f"it leaves out {term.word[:40]!r}, on which the rest hangs"
        elif term.joint == "or" and term.clause - 1 in clauses:
            yield "it leaves out an alternative"
        elif term.operators & _BINDING and term.clause in clauses and not _carried(aligned, at):
            yield f"it leaves out {min(term.operators & _BINDING)!r}"
    kept = aligned.said.after | frozenset().union(*(t.operators for t in aligned.said.terms))
    if terms and len(terms) - 1 in used and (aligned.quoted.after & _BINDING) - kept:
        yield f"it leaves out {min(aligned.quoted.after & _BINDING)!r}"


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
    if terms[place].operators & CLOSED:
        same = taken and not any(t.links or t.verb for t in terms[place + 1 : behind + 1])
        return not same and not terms[place].operators & (_DENIALS | MODALS)
    return taken


def _unfinished(aligned: Aligned, place: int) -> Iterator[str]:
    """Find what was left out after a denial, a quantity or a superlative, and would limit it."""
    terms, used = aligned.quoted.terms, aligned.used
    if terms[place].operators & _DENIALS:
        for at in range(place + 1, len(terms)):
            if terms[at].hard:
                break
            if at not in used:
                yield f"it leaves out {terms[at].word[:40]!r} of what is denied"
    if terms[place].operators & CLOSED or terms[place].word in _SUPERLATIVES:
        for at in range(place + 1, min(place + 3, len(terms))):
            limits = (terms[at].soft and not terms[at].hard) or terms[at].links[:1] in {
                (link,) for link in _RESTRICTING
            }
            if limits and at not in used:
                yield f"it leaves out {terms[at].word[:40]!r}, which limits it"
            if terms[at].links or terms[at].opens or terms[at].verb:
                break


def _cut(aligned: Aligned, main: Sequence[int], led: Sequence[str]) -> str:
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
    """Let a sentence begin with a later clause that stands by itself, where nothing before it denies."""
    terms = aligned.quoted.terms
    if terms[opening].soft or not (terms[opening].hard or terms[opening].links):
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
