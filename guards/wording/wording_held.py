"""Which quoted sentences support a worded one?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guards.wording.wording_align import align, is_whole
from guards.wording.wording_loss import cut, lost
from guards.wording.wording_order import main_line
from guards.wording.wording_sentences import sentences
from guards.wording.wording_terms import TermSentence, read
from guards.wording.wording_ties import loose_ties
from guards.wording.wording_voice import turned

MOST_CHARACTERS = 4_000
"""The longest sentence that is compared; of a longer one nothing is covered but the sentence itself."""

NOT_TOGETHER = "no sentence of its quotes holds all its words"

_MOST_JOINTS = 6
_MOST_CANDIDATES = 40
_MOST_NAMED = 5
_FEWEST_TERMS = 2
_RELATIVE = ("which ", "who ")
_JOINT = re.compile(r"[;:] |,? (?:and|but|while|whereas) |, (?:which|who) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Hold a sentence of a quote, its place in the quote, and which quote."""

    quote: int
    place: int
    sentence: TermSentence
    stems: frozenset[str]

    def follows(self, other: Quoted | None) -> bool:
        """Tell whether it stands directly behind another sentence."""
        return other is not None and (self.quote, self.place) == (other.quote, other.place + 1)


def known_sentences(quotes: Sequence[str]) -> Iterator[Quoted]:
    """Read the sentences of the quotes."""
    for at, quote in enumerate(quotes):
        for place, text in enumerate(sentences(quote)):
            sentence = read(text) if len(text) <= MOST_CHARACTERS else replace(read(""), text=text)
            stems = frozenset(term.stem for term in sentence.terms)
            yield Quoted(quote=at, place=place, sentence=sentence, stems=stems)


def departures(said: Sequence[str], known: Sequence[Quoted]) -> Iterator[str]:
    """Say of each sentence why no quote holds it; nothing where all are held."""
    before: Quoted | None = None
    for at, text in enumerate(said):
        holder = _verbatim(text, known, before, first=at == 0)
        if holder is None:
            held = _held(read(text), known, before, first=at == 0)
            holder, reason = held if held[0] else _joined(text, known, before, first=at == 0, reason=held[1])
            if holder is None:
                yield reason
        before = holder


def _verbatim(text: str, known: Sequence[Quoted], before: Quoted | None, *, first: bool) -> Quoted | None:
    return next(
        (one for one in known if one.sentence.text == text and _points_right(one, before, first=first)), None
    )


def _points_right(one: Quoted, before: Quoted | None, *, first: bool) -> bool:
    """Tell whether a sentence that begins with a pronoun still follows what it speaks of."""
    return first or not one.sentence.pointing or one.follows(before)


def _held(
    said: TermSentence,
    known: Sequence[Quoted],
    before: Quoted | None,
    *,
    first: bool,
    led: Sequence[str] = (),
) -> tuple[Quoted | None, str]:
    """Find a quoted sentence that holds what is said, or say why none does."""
    if not said.terms:
        return None, "it says nothing"
    everything = frozenset().union(*(one.stems for one in known))
    if strange := [term.shown for term in said.terms if term.stem not in everything]:
        return None, f"{', '.join(map(repr, strange[:_MOST_NAMED]))}: not in its quotes"
    stems = {term.stem for term in said.terms}
    reason = NOT_TOGETHER
    for one in [one for one in known if stems <= one.stems and _is_asked_alike(said, one)][:_MOST_CANDIDATES]:
        less = len(said.terms) < min(_FEWEST_TERMS, len(one.sentence.terms) - len(led))
        reason = "it says too little to be compared" if less else _departure(said, one.sentence, led)
        astray = one.sentence.pointing and not (first and said.pointing) and not one.follows(before)
        if astray and not reason:
            reason = "it leaves out what a pronoun of its quote stands for"
        if not reason:
            return one, ""
    return None, reason


def _is_asked_alike(said: TermSentence, one: Quoted) -> bool:
    """Tell whether a question is still a question: it says nothing of its own."""
    return said.text.endswith("?") or not one.sentence.text.endswith("?")


def _is_spoken_of(one: Quoted | None, before: Quoted | None) -> bool:
    """Tell a sentence that goes on about what stands before it: "They were planted in 1998"."""
    return one is not None and bool(one.sentence.pointing) and one.follows(before)


def _departure(said: TermSentence, quoted: TermSentence, led: Sequence[str]) -> str:
    """Say how a sentence departs from a quoted one in every order that says the same."""
    reason = _as_it_stands(said, quoted, led)
    if not reason:
        return ""
    others = [(one, quoted) for one in turned(said)] + [(said, one) for one in turned(quoted)]
    return reason if all(_as_it_stands(mine, theirs, led) for mine, theirs in others) else ""


def _as_it_stands(said: TermSentence, quoted: TermSentence, led: Sequence[str]) -> str:
    """Say how a sentence departs from a quoted one; `led` may be left out, because it was said before."""
    aligned = align(said, quoted)
    if aligned is None:
        return NOT_TOGETHER
    main, disorder = main_line(aligned)
    return disorder or next(loose_ties(aligned), "") or next(lost(aligned), "") or cut(aligned, main, led)


def _joined(
    text: str, known: Sequence[Quoted], before: Quoted | None, *, first: bool, reason: str
) -> tuple[Quoted | None, str]:
    """Find the quoted sentences that hold the parts of a joined one, as long a part as can be at a time."""
    cuts = list(_JOINT.finditer(text))
    if not 0 < len(cuts) <= _MOST_JOINTS:
        return None, reason
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    at = 0
    led: tuple[str, ...] = ()
    while at < len(starts):
        for end in range(len(ends) - 1, at - 1, -1):
            part = read(text[starts[at] : ends[end]])
            holder, _ = _held(part, known, before, first=first and at == 0, led=led)
            apart = at == 0 or not cuts[at - 1][0].endswith(_RELATIVE) or _is_spoken_of(holder, before)
            if holder and apart and is_whole(part, holder.sentence):
                before, led, at = holder, tuple(term.stem for term in part.terms), end + 1
                break
        else:
            return None, reason
    return before, ""
