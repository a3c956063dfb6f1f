"""Does a sentence that a model worded say no more than its quotes?

The guard compares words, their order and the words they depend on; it does not know meaning. A refused
sentence is shown as its quotes, so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.records import Decision
from guards.wording.wording_held import MOST_CHARACTERS, Quoted, departures, known_sentences
from guards.wording.wording_language import ENGLISH, language_of
from guards.wording.wording_sentences import sentences
from guards.wording.wording_sums import CALCULATING, is_worked_out
from guards.wording.wording_terms import Term, read

UNCHECKED = "worded by the model, not checked"
"""The label of a sentence that cannot be compared with its quotes by words."""

_MARK = re.compile(r"\A\s*+(?:[-*•]|\d{1,2}[.)])\s++")  # of an item or a step: it says nothing
_ADDRESS = re.compile(r"(?:\w{1,20}://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_CODE = re.compile(r"[./\\_:=@#-]")
_AROUND = ".,;:!?()[]{}\"'“”‘’`*"  # noqa: RUF001 - typographic quotation marks


class WordingResult(StrEnum):
    """Say whether a sentence was found in its quotes, was not, or cannot be compared with them."""

    COVERED = "covered"
    REFUSED = "refused"
    UNCOMPARED = "uncompared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """Hold the result for one sentence, with the reasons where it is not covered."""

    wording: WordingResult
    reasons: tuple[str, ...] = ()


def worded(text: str, quotes: Sequence[str], asked: str = "") -> Worded:
    """Judge a sentence, or several in a row, that a model wrote from these quotes to answer what is asked.

    What stands in the quotes as whole sentences is covered. Otherwise each sentence must be held by one of a
    quote, or be joined of some. Another language than that of the quotes must be that of the question.
    """
    text = _MARK.sub("", text)
    if not any(char.isalnum() for char in text):
        return _refused("it says nothing")
    if " ".join(text.split()) in {" ".join(quote.split()) for quote in quotes}:
        return Worded(wording=WordingResult.COVERED)
    if len(text) > MOST_CHARACTERS:
        return _refused("it is too long to be compared")
    if strange := _strange_marks(text, quotes):
        return _refused(f"{strange[:60]!r}: not in its quotes")
    known = tuple(known_sentences(quotes))
    return _foreign(text, quotes, known, language_of(asked)) or _compared(text, known)


def _compared(text: str, known: Sequence[Quoted]) -> Worded:
    reasons = tuple(departures(sentences(text), known))
    if not reasons:
        return Worded(wording=WordingResult.COVERED)
    if _is_calculation(text, known):
        return Worded(wording=WordingResult.UNCOMPARED, reasons=("it works out a number",))
    return Worded(wording=WordingResult.REFUSED, reasons=reasons)


def is_wording_covered(text: str, quotes: Sequence[str]) -> Decision:
    """Refuse a sentence that its quotes do not hold, and one that words cannot compare with them."""
    judged = worded(text, quotes)
    return Decision(allowed=judged.wording is WordingResult.COVERED, reason="; ".join(judged.reasons))


def usable(quotes: Sequence[str]) -> tuple[str, ...]:
    """Return the words of content that a sentence over these quotes may use, in their order."""
    terms = (term for one in known_sentences(quotes) for term in one.sentence.terms)
    return tuple(dict.fromkeys(term.word for term in terms if term.word[0].isalnum()))


def _refused(reason: str) -> Worded:
    return Worded(wording=WordingResult.REFUSED, reasons=(reason,))


def _strange_marks(text: str, quotes: Sequence[str]) -> str:
    """Find an address, or a name with signs in it such as a path or a flag, that no quote holds as it is."""
    flat = " ".join(" ".join(quote.split()) for quote in quotes)
    for found in _ADDRESS.finditer(text):
        if found[0].rstrip(_AROUND) not in flat:
            return found[0]
    for chunk in text.split():
        bare = chunk.strip(_AROUND)
        if _CODE.search(bare) and any(c.isalpha() for c in bare) and bare.casefold() not in flat.casefold():
            return bare
    return ""


def _foreign(text: str, quotes: Sequence[str], known: Sequence[Quoted], asked: str) -> Worded | None:
    """Judge what is not in the language of its quotes, or not in the one language whose words are known."""
    mine, theirs = language_of(text), language_of("\n".join(quotes))
    if {mine, theirs} <= {ENGLISH, ""}:
        return None
    if mine == theirs or "" in (mine, theirs):
        whole = {one.sentence.text for one in known}
        if whole.issuperset(sentences(text)):
            return Worded(wording=WordingResult.COVERED)
        return _refused("in this language only whole sentences of its quotes can be compared")
    if asked and asked != mine:
        return _refused("it is in another language than the question and its quotes")
    numbers = {stem for one in known for stem in one.stems if stem[0].isdigit()}
    for term in (term for one in sentences(text) for term in read(one).terms):
        if term.stem[0].isdigit() and term.stem not in numbers:
            return _refused(f"{term.shown!r}: not in its quotes")
    return Worded(wording=WordingResult.UNCOMPARED, reasons=("it is in another language than its quotes",))


def _is_calculation(text: str, known: Sequence[Quoted]) -> bool:
    """Tell a sentence that adds nothing to its quotes but numbers worked out from theirs."""
    everything = frozenset().union(*(one.stems for one in known))
    terms: list[Term] = [term for one in sentences(text) for term in read(one).terms]
    strange = [term for term in terms if term.stem not in everything]
    numbers = [term.stem for term in strange if term.stem[0].isdigit()]
    others = {term.word for term in strange if not term.stem[0].isdigit()}
    known_numbers = [stem for stem in everything if stem[0].isdigit()]
    return (
        bool(numbers)
        and others <= CALCULATING
        and any(term.word in CALCULATING for term in terms)
        and all(is_worked_out(number, known_numbers) for number in numbers)
    )
