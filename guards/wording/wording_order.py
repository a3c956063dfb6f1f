"""Does the sentence keep the order of its quote, except for whole phrases that may move?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guards.wording.wording_align import Aligned
from guards.wording.wording_terms import Term
from guards.wording.wording_words import FIXED, SUBORDINATE, TIMES, is_date

_EITHER = frozenset({"before", "after", "since", "until", "till", "as", "than", "despite", "except", "so"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Hold terms that follow each other in both sentences, and the links they begin with."""

    links: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def mobile(self) -> bool:
        """Tell a phrase that may stand elsewhere: it takes along the word that ties it."""
        return bool(self.links) and self.links[-1] not in FIXED


def main_line(aligned: Aligned) -> tuple[list[int], str]:
    """Return the places that keep their order, and a reason where others than whole phrases left it."""
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


def _pieces(aligned: Aligned) -> Iterator[_Piece]:
    terms, places = aligned.said.terms, aligned.places
    starts = [0] + [
        at
        for at in range(1, len(places))
        if terms[at].links or terms[at].opens or places[at] < places[at - 1]
    ]
    for start, end in pairwise([*starts, len(places)]):
        yield _Piece(links=terms[start].links, places=places[start:end])


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
            dated = is_date(term.word)
            key = "in" if dated and term.links[-1] in TIMES else term.links[-1]
            if place < latest.get((key, dated), -1):
                return "it turns round phrases that begin alike"
            latest[key, dated] = place
    return ""
