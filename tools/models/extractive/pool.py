"""Cut excerpts into candidate claims, each with the words around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.reading import Excerpt
from graph.records import Span
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import terms
from tools.models.extractive.surroundings import Surroundings

_MOST_CHARACTERS = 6_000
_MOST_CANDIDATES = 600
_LONGEST = 900
_HEADING_WORDS = 9
_POINTS_BACK = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|their|them|he|she|his|her|such|both|otherwise|instead|here|there"
    r"|then|so|the (?:former|latter|same|value|values|result|reason|number))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Hold one statement that may become a claim: its span, its words and those of its surroundings."""

    span: Span
    text: str
    branch: str
    rank: int
    title: tuple[str, ...]
    terms: frozenset[str]
    context: frozenset[str]


def candidates(excerpts: Sequence[Excerpt]) -> tuple[Candidate, ...]:
    """Return the statements of excerpts, best excerpt first, each place in a source once."""
    seen: dict[tuple[str, int, int], Candidate] = {}
    ranks: Counter[str] = Counter()
    for excerpt in excerpts:
        rank = ranks[excerpt.passage.branch]
        ranks[excerpt.passage.branch] += 1
        for candidate in _cut(excerpt, rank):
            place = (candidate.span.source, candidate.span.start, candidate.span.end)
            seen.setdefault(place, candidate)
        if len(seen) >= _MOST_CANDIDATES:
            break
    return tuple(seen.values())


def _cut(excerpt: Excerpt, rank: int) -> Iterator[Candidate]:
    text = excerpt.text.reveal()[:_MOST_CHARACTERS]
    title = terms(excerpt.title.reveal()[:_LONGEST])
    spans = sentences(text)
    words = [tuple(terms(text[start:end])) for start, end in spans]
    heading: tuple[str, ...] = ()
    around = Surroundings(excerpt)
    for at, (start, end) in enumerate(spans):
        if not around.states(start):
            continue
        if not around.known and _heads(text, start, end):
            heading = words[at]
            continue
        heading = around.words(start) if around.known else heading
        first = at - 1 if at and _leans(text, spans[at - 1], (start, end)) else at
        if not words[at] or end - start > _LONGEST:
            continue
        own = frozenset(word for part in words[first : at + 1] for word in part)
        begin, offset = spans[first][0], excerpt.passage.span.start
        yield Candidate(
            span=Span(source=excerpt.passage.span.source, start=offset + begin, end=offset + end),
            text=text[begin:end],
            branch=excerpt.passage.branch,
            rank=rank,
            title=tuple(title),
            terms=own,
            context=own.union(title, heading, *words[max(0, at - 1) : at]),
        )


def _heads(text: str, start: int, end: int) -> bool:
    """Tell a heading from a statement: marked as one, or a few words without a stop, a figure or a cell."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if "#" in before:
        return True
    line = text[start:end]
    if line[:1].isalpha() and line[:1].lower() == line[:1].upper():
        return False  # where letters have no case, and stops may be others or none, only a mark tells
    bare = len(line.split()) < _HEADING_WORDS and not re.search(r"[.!?;:,|\t\d]", line)
    return bare and not before.strip()


def _leans(text: str, before: tuple[int, int], here: tuple[int, int]) -> bool:
    """Tell whether a sentence needs the one before it to say what it is about."""
    if _heads(text, *before) or here[1] - before[0] > _LONGEST:
        return False
    return bool(_POINTS_BACK.match(text, *here)) and "\n\n" not in text[before[1] : here[0]]
