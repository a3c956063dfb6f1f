"""Find the names a follow-up search should look for: they stand in what was found, not in the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from graph.reading import Excerpt, Lead
from graph.records import Span
from graph.untrusted import Untrusted
from tools.lexicon.proper_names import names
from tools.lexicon.terms import Token, terms, tokens
from tools.models.extractive.relations import asks_relation, related

MOST_LEADS = 6
_LONGEST_NAME = 8  # words; a longer run of capitals is a heading
_HELD = 4  # the first passages are read whatever happens: a follow-up need not find them again
_FAR = 400
_BEHIND = 4  # "directed by" and "son of" come before the name they tell of
_NEAR = 20  # characters at which closeness to a word of the relation counts half
_FIRST_NAME = 0.5  # the first name of a passage gains as much as half closeness
_SHORT_NAME = 0.6  # one word is oftener a nationality than a name
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """Hold a name at `text[start:end]` of an excerpt, the stems of its words and how likely it leads on."""

    excerpt: Excerpt
    start: int
    end: int
    words: frozenset[str]
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Hold the stems of a question's words, those that are terms, and the terms of each name in it."""

    words: frozenset[str]
    terms: frozenset[str]
    names: tuple[frozenset[str], ...]


def find_leads(question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
    """Return at most six leads, best first, of a question that asks for a relation; excerpts come best first.

    Excerpts whose title the question names take turns, so that both sides of a comparison are followed; what
    the others mention comes after. In each, a name leads on that stands early and near words of the relation.
    """
    asked = _read(question)
    if not asks_relation(asked.terms):
        return ()
    titles = [_words(excerpt.title.reveal()) for excerpt in excerpts]
    held = frozenset(titles[:_HELD])
    called = [title for title in titles if _is_called(asked, title)]
    named: list[list[_Mention]] = []
    other: list[_Mention] = []
    for rank, (excerpt, title) in enumerate(zip(excerpts, titles, strict=True)):
        if title in called and not any(title < longer for longer in called):
            named.append(_best_first(_mentions(asked, excerpt, title, held, 1.0)))
        else:
            about = any(name <= title for name in asked.names)
            other += _mentions(asked, excerpt, title, held, 1.0 if about else 1 / (2 + rank))
    turns = (mention for turn in zip_longest(*named) for mention in turn if mention)
    return tuple(map(_lead, _distinct(chain(turns, _best_first(other)))))


def _read(question: str) -> _Question:
    spans = (frozenset(terms(question[start:end])) for start, end in names(question))
    return _Question(
        words=_words(question),
        terms=frozenset(terms(question)),
        names=tuple(span for span in spans if span),
    )


def _words(text: str) -> frozenset[str]:
    """Return the stems of a text, stop words too: they are what tells one short title from another."""
    return frozenset(token.stem for token in tokens(text)) - _ARTICLES


def _is_called(asked: _Question, title: frozenset[str]) -> bool:
    """Tell whether the question holds the whole title, as a name or a part of one."""
    return title <= asked.words and any(name & title for name in asked.names)


def _mentions(
    asked: _Question, excerpt: Excerpt, title: frozenset[str], held: frozenset[frozenset[str]], weight: float
) -> Iterator[_Mention]:
    """Yield the names an excerpt adds to the question."""
    text = excerpt.text.reveal()
    wanted = related(asked.terms - title)
    marks = [token for token in tokens(text) if token.stem in wanted]
    for order, (start, end) in enumerate(names(text)):
        found = _words(text[start:end])
        if not found or found <= asked.words | title or found in held or len(found) > _LONGEST_NAME:
            continue
        closeness = 1 / (1 + _distance(marks, start, end) / _NEAR) + _FIRST_NAME / (1 + order)
        worth = weight * closeness * (1.0 if len(found) > 1 else _SHORT_NAME)
        yield _Mention(excerpt=excerpt, start=start, end=end, words=found, worth=worth)


def _distance(marks: Sequence[Token], start: int, end: int) -> int:
    """Return the characters from a name to the nearest mark, which counts as farther behind it."""
    before = (start - mark.end for mark in marks if mark.end <= start)
    after = (_BEHIND * (mark.start - end) for mark in marks if mark.start >= end)
    return min(chain(before, after), default=_FAR)


def _best_first(mentions: Iterator[_Mention] | Sequence[_Mention]) -> list[_Mention]:
    return sorted(mentions, key=lambda mention: -mention.worth)


def _distinct(mentions: Iterator[_Mention]) -> list[_Mention]:
    """Keep the first mentions that add a name."""
    kept: list[_Mention] = []
    for mention in mentions:
        if len(kept) == MOST_LEADS:
            break
        if not any(mention.words <= other.words for other in kept):
            kept.append(mention)
    return kept


def _lead(mention: _Mention) -> Lead:
    span, text = mention.excerpt.passage.span, mention.excerpt.text.reveal()
    return Lead(
        name=Untrusted(text[mention.start : mention.end]),
        span=Span(source=span.source, start=span.start + mention.start, end=span.start + mention.end),
        score=mention.worth,
    )
