"""Tell whether two sentences answer one question otherwise, however differently they are built.

The question says of what they speak: when something happened that happens once, or where something is. Only
the value beside that verb is compared, and only where no name tells one subject from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.extractive.answer_types import AnswerType, expected
from tools.statements.dates_and_times import Date, first_date
from tools.statements.statement_comparison import EVENTS
from tools.statements.statement_tokens import StatementToken, is_name, tokens
from tools.statements.synonyms import fold

_REACH = 14  # words behind the verb, in which its date or place stands
_BEFORE = 8  # words before it: "On 5 May 1920 the hall was opened"
_FEWEST_NAMES = 2  # "Paris" and "France" may be one place; "Paris, France" and "Rome, Italy" are not
_LOCATED = frozenset(map(fold, ("located", "situated", "lies", "stands", "based", "headquartered")))
_POINTING = frozenset({"it", "he", "she", "they", "this"})
_INTO = frozenset({"in", "at", "near"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Hold the words of a sentence, the place of the verb in it, and what it says of when or where."""

    words: Sequence[StatementToken]
    verb: int

    @property
    def behind(self) -> Sequence[StatementToken]:
        """Return the words behind the verb."""
        return self.words[self.verb + 1 : self.verb + 1 + _REACH]

    @property
    def names(self) -> frozenset[str]:
        """Return the names before the verb: of what it is said."""
        return frozenset(
            self.words[at].folded
            for at in range(self.verb)
            if is_name(self.words, at) and self.words[at].content
        )

    def date(self) -> Date | None:
        """Return the first date behind the verb, or else the first before it."""
        ahead = self.words[max(0, self.verb - _BEFORE) : self.verb]
        return first_date(_text(self.behind)) or first_date(_text(ahead))

    def places(self) -> frozenset[str]:
        """Return the names behind the first "in", "at" or "near", up to what is no name."""
        found: list[str] = []
        inside = False
        for at, word in enumerate(self.behind):
            inside = inside or word.lower in _INTO
            if inside and word.content and is_name(self.behind, at):
                found.append(word.folded)
            elif found and word.lower not in {",", *_INTO}:
                break
        return frozenset(found)


def are_other_answers(question: str, left: str, right: str) -> bool:
    """Tell whether two sentences say otherwise when or where what a question asks for happened or is."""
    kind, asked = expected(question), tokens(question)
    verbs = _verbs(kind, asked)
    mine, theirs = (_told(text, verbs, asked) for text in (left, right))
    if mine is None or theirs is None or _are_apart(mine, theirs, asked):
        return False
    if kind is AnswerType.PLACE:
        return _is_elsewhere(mine.places(), theirs.places())
    one, other = mine.date(), theirs.date()
    return one is not None and other is not None and not one.fits(other)


def _verbs(kind: AnswerType, asked: Sequence[StatementToken]) -> frozenset[str]:
    """Return what is asked about: an event that happens once, or being somewhere."""
    said = frozenset(word.folded for word in asked)
    if kind is AnswerType.PLACE:
        return _LOCATED
    return EVENTS & said if kind in {AnswerType.DATE, AnswerType.MOMENT} else frozenset()


def _told(text: str, verbs: frozenset[str], asked: Sequence[StatementToken]) -> _Told | None:
    """Find the verb in a sentence that speaks of what is asked about, or leaves it to its page."""
    words = tokens(text)
    at = next((at for at, word in enumerate(words) if word.folded in verbs), None)
    if at is None:
        return None
    before = {word.folded for word in words[:at] if word.content}
    wanted = {word.folded for word in asked if word.content} - verbs
    named = not before or bool(before & wanted) or words[0].lower in _POINTING
    return _Told(words=words, verb=at) if named else None


def _are_apart(mine: _Told, theirs: _Told, asked: Sequence[StatementToken]) -> bool:
    """Tell whether each names something that the other does not, and both nothing but what is asked about."""
    known = frozenset(word.folded for word in asked)
    one, other = mine.names - known, theirs.names - known
    return bool(one - other) and bool(other - one) and not one & other


def _is_elsewhere(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return min(len(mine), len(theirs)) >= _FEWEST_NAMES and not mine & theirs


def _text(words: Sequence[StatementToken]) -> str:
    return " ".join(word.text for word in words)
