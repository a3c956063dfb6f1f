"""Tell whether two sentences are one but for the value that a question asks for.

A text that was copied and changed in one place keeps the words around it. Where the changed words answer the
question, both cannot be right, however the rest is built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tools.lexicon.terms import Token, is_stop, terms, tokens
from tools.models.extractive.answer_types import AnswerType, expected, holds
from tools.statements.sentence_agents import BE, PREPOSITIONS
from tools.statements.statement import statement
from tools.statements.statement_comparison import differ

_FEWEST_SHARED = 5
_SHARED = 0.6  # of the words of the longer sentence
_LONGEST_VALUE = 8
_MOST_REPLACED = 3
_MOST_ADDED = 2
_MOST_WORDS = 120
_LONGEST_TITLE = 12  # words
_ASKS_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
_ASKS_NAME = re.compile(r"\b(?:what|which|who|whom|whose)\b", re.IGNORECASE)
_ASKS_OTHERWISE = re.compile(r"\b(?:why|how (?:do|does|can|should|to))\b", re.IGNORECASE)
_PLACES = frozenset({"in", "at", "near", "of", "from", "to", "off", "outside"})
_CONDITIONS = frozenset({"if", "unless", "when", "while", "until", "except", "than", "after", "before"})
_LINKS = BE | {"has", "have", "had", "by", "as", "a", "an", "the"}
_VERB_ENDINGS = ("ed", "es", "s", "ing", "en")
_MEASURED = {
    AnswerType.NUMBER,
    AnswerType.DURATION,
    AnswerType.EXTENT,
    AnswerType.AGE,
    AnswerType.MONEY,
    AnswerType.LENGTH,
    AnswerType.WEIGHT,
    AnswerType.TEMPERATURE,
}
_TIMED = {AnswerType.DATE, AnswerType.MOMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Hold the words that stand in one place of two sentences, and the words before that place."""

    mine: str
    theirs: str
    before: tuple[str, ...]


def are_rivals(question: str, left: str, right: str) -> bool:
    """Tell whether two sentences give other values for what a question asks, and agree in all else."""
    if _ASKS_OTHERWISE.search(question):
        return False
    mine, theirs = _untitled(tokens(left)[:_MOST_WORDS]), _untitled(tokens(right)[:_MOST_WORDS])
    changes = _changes(left, mine, right, theirs)
    asked = frozenset(terms(question))
    return bool(changes) and any(_answers(question, asked, change) for change in changes)


def _untitled(words: Sequence[Token]) -> Sequence[Token]:
    """Leave out a title that stands before its sentence, which begins with the same words."""
    stems = [token.stem for token in words]
    for at in range(_LONGEST_TITLE, 1, -1):
        if stems[at : at + 2] == stems[:2] and len(stems) > 2 * at:
            return words[at:]
    return words


def _changes(left: str, mine: Sequence[Token], right: str, theirs: Sequence[Token]) -> list[_Change]:
    """Return the places where two sentences differ, or none where they are not copies of one."""
    one, other = [token.stem for token in mine], [token.stem for token in theirs]
    if len({*one} & {*other}) < max(_FEWEST_SHARED, _SHARED * max(len({*one}), len({*other}))):
        return []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    found, shared, added = [], 0, 0
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            shared += sum(not is_stop(left[t.start : t.end]) for t in mine[a:b])
        elif kind == "replace":
            before = tuple(left[t.start : t.end].lower() for t in mine[:a])
            found.append(
                _Change(mine=_text(left, mine[a:b]), theirs=_text(right, theirs[c:d]), before=before)
            )
        else:
            added += (b - a) + (d - c)
    distinct = {(change.mine.lower(), change.theirs.lower()) for change in found}
    longer = max(_content(left, mine), _content(right, theirs))
    copies = shared >= min(_FEWEST_SHARED, longer) and shared >= _SHARED * longer
    return found if copies and len(distinct) <= _MOST_REPLACED and added <= _MOST_ADDED else []


def _content(text: str, words: Sequence[Token]) -> int:
    return sum(not is_stop(text[t.start : t.end]) for t in words)


def _text(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].end]


def _answers(question: str, asked: frozenset[str], change: _Change) -> bool:
    mine, theirs = frozenset(terms(change.mine)), frozenset(terms(change.theirs))
    if not mine or not theirs or mine <= theirs or theirs <= mine or mine <= asked or theirs <= asked:
        return False
    if max(len(change.mine.split()), len(change.theirs.split())) > _LONGEST_VALUE:
        return False
    kind = expected(question)
    if kind in _TIMED:
        return differ(statement(change.mine), statement(change.theirs))
    if kind in _MEASURED:
        both = holds(kind, change.mine, question) and holds(kind, change.theirs, question)
        return both and differ(statement(change.mine), statement(change.theirs))
    return _is_predicate(change.before) and _is_of_kind(question, change)


def _is_predicate(before: Sequence[str]) -> bool:
    """Tell whether a verb stands before a place: what comes before it is of what the sentence speaks."""
    return any(word in BE or (at and word.endswith(_VERB_ENDINGS)) for at, word in enumerate(before))


def _is_of_kind(question: str, change: _Change) -> bool:
    last = next((word for word in reversed(change.before) if word in PREPOSITIONS | _CONDITIONS | _LINKS), "")
    if _ASKS_WHERE.search(question):
        return _named(change) and (change.before[-1] in _PLACES or last in _PLACES)
    if not _ASKS_NAME.search(question) or last in _CONDITIONS:
        return False
    direct = change.before[-1] in _LINKS or change.before[-1] not in PREPOSITIONS
    return direct or _named(change)


def _named(change: _Change) -> bool:
    return change.mine[:1].isupper() and change.theirs[:1].isupper()
