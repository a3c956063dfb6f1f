"""Read an excerpt into its statements, and say of each what it is said of.

This is the one place that knows what stands around a statement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.reading import Excerpt
from tools.lexicon.terms import stem, terms
from tools.models.extractive.structure import Kind, TextBlock, blocks, statements
from tools.models.extractive.surroundings import Surroundings

LONGEST = 900  # characters of one statement
_MOST_CHARACTERS = 6_000
_FOLLOWING = re.compile(r"\b(?:the following|as follows|listed below|these are)\b", re.IGNORECASE)
_GLUED = re.compile(r"(?:\d++[a-z]|[a-z]++\d)[a-z0-9]*+$")
_PIECES = re.compile(r"\d+|[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Hold a statement at `text[start:end]` of its page, the place of its block and its stems."""

    start: int
    end: int
    block: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptPage:
    """Hold an excerpt read into blocks and statements.

    `headings` and `leads` hold for each block the words of its heading and of what leads it in: the lead-in
    of its list, the items it stands under, the header of its table. `headers` holds for each row whose table
    names its columns only there the place of that header. `passage` holds all words.
    """

    excerpt: Excerpt
    rank: int
    text: str
    title: tuple[str, ...]
    blocks: tuple[TextBlock, ...]
    statements: tuple[Said, ...]
    headings: tuple[frozenset[str], ...]
    leads: tuple[frozenset[str], ...]
    headers: tuple[int | None, ...]
    passage: frozenset[str]

    def words_at(self, place: int) -> str:
        """Return the text of the statement at a place."""
        return self.text[self.statements[place].start : self.statements[place].end]

    def begins(self, place: int) -> bool:
        """Tell whether a statement is the first of its block."""
        return place == 0 or self.statements[place - 1].block != self.statements[place].block

    def ends(self, place: int) -> bool:
        """Tell whether a statement is the last of its block."""
        last = place + 1 == len(self.statements)
        return last or self.statements[place + 1].block != self.statements[place].block

    def last_of(self, place: int) -> int:
        """Return the last statement of the block of a statement."""
        while not self.ends(place):
            place += 1
        return place


def pages(excerpts: Sequence[Excerpt]) -> list[ExcerptPage]:
    """Read excerpts, each with its rank among those of its branch, from 0."""
    ranks: Counter[str] = Counter()
    made = []
    for excerpt in excerpts:
        made.append(_page(excerpt, ranks[excerpt.passage.branch]))
        ranks[excerpt.passage.branch] += 1
    return made


def _page(excerpt: Excerpt, rank: int) -> ExcerptPage:
    text = excerpt.text.reveal()[:_MOST_CHARACTERS]
    around = Surroundings(excerpt)
    found = blocks(text, around.kind)
    said = tuple(
        Said(start=start, end=end, block=at, words=_words(text[start:end]))
        for at, block in enumerate(found)
        for start, end in statements(text, block)
        if around.states(start)
    )
    own = [frozenset(w for s in said if s.block == at for w in s.words) for at in range(len(found))]
    return ExcerptPage(
        excerpt=excerpt,
        rank=rank,
        text=text,
        title=tuple(terms(excerpt.title.reveal()[:LONGEST])),
        blocks=found,
        statements=said,
        headings=tuple(
            heading.union(around.words(block.start))
            for block, heading in zip(found, _headings(found, own), strict=True)
        ),
        leads=_leads(text, found, own),
        headers=_headers(text, found, said),
        passage=frozenset().union(*own),
    )


def _words(text: str) -> tuple[str, ...]:
    """Return the stems of a text; a figure written together with its unit or name is also read apart."""
    found: list[str] = []
    for word in terms(text):
        found.append(word)
        if _GLUED.match(word):
            found += [stem(piece) for piece in _PIECES.findall(word)]
    return tuple(found)


def _headings(found: Sequence[TextBlock], own: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return for each block the words of the heading it stands under."""
    current: frozenset[str] = frozenset()
    made = []
    for block, words in zip(found, own, strict=True):
        made.append(current)
        if block.kind is Kind.HEADING:
            current = words
    return tuple(made)


def _headers(text: str, found: Sequence[TextBlock], said: Sequence[Said]) -> tuple[int | None, ...]:
    """Return for each row of a table drawn with bars the place of its first row; None for all else."""
    places = {each.block: at for at, each in enumerate(said)}
    made: list[int | None] = []
    header: int | None = None
    for at, block in enumerate(found):
        drawn = block.kind is Kind.ROW and "|" in text[block.start : block.end]
        made.append(header if drawn else None)
        header = (places.get(at) if header is None else header) if drawn else None
    return tuple(made)


def _leads(
    text: str, found: Sequence[TextBlock], own: Sequence[frozenset[str]]
) -> tuple[frozenset[str], ...]:
    """Return for each block the words it is led in by."""
    made: list[frozenset[str]] = []
    lead = _Lead()
    for at, block in enumerate(found):
        made.append(lead.over(block, own[at]))
        lead.pass_by(block, own[at], announces=announces(text[block.start : block.end]))
    return tuple(made)


@dataclass(slots=True)
class _Lead:
    """Hold what leads in the next block: a sentence, the items above it, the header of a table."""

    said: frozenset[str] = frozenset()
    header: frozenset[str] | None = None
    items: tuple[tuple[int, frozenset[str]], ...] = ()

    def over(self, block: TextBlock, own: frozenset[str]) -> frozenset[str]:
        """Return the words that lead in a block."""
        if block.kind is Kind.ROW:
            return self.said.union(own if self.header is None else self.header)
        if self._is_inside(block):
            above = (words for depth, words in self.items if depth < block.depth)
            return self.said.union(*above)
        return self.said if block.kind in {Kind.CODE, Kind.ITEM} else frozenset()

    def pass_by(self, block: TextBlock, own: frozenset[str], *, announces: bool) -> None:
        """Take note of a block: it may lead in the next ones."""
        self.header = (own if self.header is None else self.header) if block.kind is Kind.ROW else None
        if block.kind is Kind.ITEM:
            above = tuple(item for item in self.items if item[0] < block.depth)
            self.items = (*above, (block.depth, own))
        elif block.kind is Kind.HEADING or (block.kind is Kind.PROSE and not self._is_inside(block)):
            self.said = own if announces and block.kind is Kind.PROSE else frozenset()
            self.items = ()

    def _is_inside(self, block: TextBlock) -> bool:
        under = bool(self.items) and block.depth > self.items[0][0]
        return block.kind is Kind.ITEM or (under and block.kind is not Kind.HEADING)


def announces(text: str) -> bool:
    """Tell a text that announces what comes after it."""
    return ends_open(text) or says_following(text)


def ends_open(text: str) -> bool:
    """Tell a text that ends in a colon."""
    return text.rstrip("*_ ").endswith(":")


def says_following(text: str) -> bool:
    """Tell a text that speaks of the following."""
    return bool(_FOLLOWING.search(text))
