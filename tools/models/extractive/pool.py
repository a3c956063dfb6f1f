"""Cut excerpts into candidate claims, each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.reading import Excerpt
from graph.records import Span
from tools.models.extractive.candidate import Candidate, Unit
from tools.models.extractive.excerpt_page import (
    LONGEST,
    ExcerptPage,
    announces,
    ends_open,
    pages,
    says_following,
)
from tools.models.extractive.structure import Kind

_MOST_CANDIDATES = 900
_LONGEST_ITEM = 500
_LONGEST_LIST = 1_600
_POINTS_BACK = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|their|them|he|she|his|her|such|both|otherwise|instead|here|there"
    r"|then|so|because of (?:this|that)|the (?:former|latter|same|value|values|result|reason|number))\b",
    re.IGNORECASE,
)
_ANNOUNCED = frozenset({Kind.ITEM, Kind.ROW, Kind.CODE})
_UNITS = {Kind.PROSE: Unit.SENTENCE, Kind.ITEM: Unit.ITEM, Kind.ROW: Unit.ROW, Kind.CODE: Unit.CODE}


def candidates(excerpts: Sequence[Excerpt]) -> tuple[Candidate, ...]:
    """Return the statements of excerpts, best excerpt first, each place in a source once."""
    seen: dict[tuple[str, int, int], Candidate] = {}
    read = pages(excerpts)
    documents: dict[str, frozenset[str]] = {}
    for page in read:
        source = page.excerpt.passage.span.source
        documents[source] = documents.get(source, frozenset()).union(page.passage, page.title)
    for page in read:
        for candidate in _Cutter(page, documents[page.excerpt.passage.span.source]).cut():
            place = (candidate.span.source, candidate.span.start, candidate.span.end)
            seen.setdefault(place, candidate)
        if len(seen) >= _MOST_CANDIDATES:
            break
    return tuple(seen.values())


class _Cutter:
    """Cut one page into candidates; `document` holds all that is known of its source."""

    def __init__(self, page: ExcerptPage, document: frozenset[str]) -> None:
        self._page = page
        self._document = document

    def cut(self) -> Iterator[Candidate]:
        """Yield each statement, then each list and example as a whole."""
        for at, said in enumerate(self._page.statements):
            kind = self._page.blocks[said.block].kind
            if kind is Kind.HEADING:
                text = self._page.words_at(at)
                if ":" in text or any(map(str.isdigit, text)):
                    yield from self._made(at, at, Unit.HEADING)
            elif not self._announces(at):
                first = at - 1 if at and self._leans(at) else at
                yield from self._made(first, at, _UNITS[kind])
                if kind is Kind.ITEM and self._page.begins(at) and not self._page.ends(at):
                    yield from self._made(at, self._last_of(at), Unit.ITEM, _LONGEST_ITEM)
        yield from self._composed()

    def _announces(self, at: int) -> bool:
        """Tell a lead-in whose list, table or code follows: alone it says nothing."""
        after = self._page.statements[at].block + 1
        if after == len(self._page.blocks) or self._page.blocks[after].kind not in _ANNOUNCED:
            return False
        text = self._page.words_at(at)
        return says_following(text) or (self._page.ends(at) and ends_open(text))

    def _last_of(self, at: int) -> int:
        while not self._page.ends(at):
            at += 1
        return at

    def _leans(self, at: int) -> bool:
        """Tell whether a sentence needs the one before it to say what it is about."""
        here, before = self._page.statements[at], self._page.statements[at - 1]
        if here.block != before.block or here.end - before.start > LONGEST:
            return False
        return bool(_POINTS_BACK.match(self._page.text, here.start, here.end))

    def _composed(self) -> Iterator[Candidate]:
        """Yield each list with its lead-in, and each lead-in with the code it announces."""
        at, found = 0, self._page.blocks
        while at < len(found):
            kind, last = found[at].kind, at
            if kind is Kind.ITEM and (last := self._list_end(at)) > at:
                unit = Unit.STEPS if found[at].ordered else Unit.LIST
                yield from self._whole(self._lead_in(at), at, last, unit)
            elif kind is Kind.CODE:
                while last + 1 < len(found) and found[last + 1].kind is Kind.CODE:
                    last += 1
                if (lead := self._lead_in(at)) is not None:
                    yield from self._whole(lead, at, last, Unit.EXAMPLE)
            at = last + 1

    def _list_end(self, at: int) -> int:
        """Return the last block of the list that begins at a block."""
        found, last = self._page.blocks, at
        depth, ordered = found[at].depth, found[at].ordered
        for place in range(at + 1, len(found)):
            block = found[place]
            inside = block.kind in {Kind.PROSE, Kind.CODE} and block.depth > depth
            if not (inside or block.kind is Kind.ITEM or (block.kind is Kind.CODE and ordered)):
                break
            last = place
        while found[last].kind is Kind.CODE and found[last].depth <= depth:
            last -= 1
        return last

    def _lead_in(self, at: int) -> int | None:
        """Return the statement before a block that leads into it: the one that says so, or the last."""
        if at == 0 or self._page.blocks[at - 1].kind not in {Kind.PROSE, Kind.ITEM}:
            return None
        places = [place for place, said in enumerate(self._page.statements) if said.block == at - 1]
        leading = [place for place in places if announces(self._page.words_at(place))]
        return (leading or places)[-1]

    def _whole(self, lead: int | None, first: int, last: int, unit: Unit) -> Iterator[Candidate]:
        said = self._page.statements
        places = [place for place, each in enumerate(said) if first <= each.block <= last]
        if not places:
            return
        begin = lead if lead is not None else places[0]
        end = max((p for p in places if said[p].end <= said[begin].start + _LONGEST_LIST), default=begin)
        if end > begin:
            yield from self._made(begin, end, unit, _LONGEST_LIST)

    def _made(self, first: int, last: int, unit: Unit, longest: int = LONGEST) -> Iterator[Candidate]:
        page, said = self._page, self._page.statements[first : last + 1]
        begin, end, passage = said[0].start, said[-1].end, self._page.excerpt.passage
        words = tuple(word for part in said for word in part.words)
        if not words or end - begin > longest:
            return
        heading, lead = page.headings[said[0].block], page.leads[said[0].block]
        before = page.statements[first - 1] if first else None
        own, start = frozenset(words), passage.span.start
        yield Candidate(
            span=Span(source=passage.span.source, start=start + begin, end=start + end),
            text=page.text[begin:end],
            unit=unit,
            branch=passage.branch,
            rank=page.rank,
            place=first / len(page.statements),
            title=page.title,
            words=words,
            terms=own,
            heading=heading,
            subject=heading | lead,
            near=frozenset(w for part in page.statements[max(0, first - 1) : last + 2] for w in part.words),
            passage=page.passage,
            document=self._document,
            context=own.union(page.title, heading, lead, before.words if before else ()),
            parts=tuple((part.start - begin, part.end - begin) for part in said),
            first=before is not None and page.blocks[before.block].kind is Kind.HEADING,
        )
