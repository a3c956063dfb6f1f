"""Cut whole lists, steps and tables with what leads them in, and code with what announces it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.models.extractive.candidate import Unit
from tools.models.extractive.excerpt_page import ExcerptPage, announces
from tools.models.extractive.statement_cuts import StatementCut, lead_of
from tools.models.extractive.structure import Kind

LONGEST_LIST = 1_600
_LONG = 900  # characters from which a list is quoted by the first sentences of its items
_LEAST_ITEMS, _MOST_ITEMS = 2, 40
_MOST_ROWS = 25


def list_cuts(page: ExcerptPage) -> Iterator[StatementCut]:
    """Yield each list, table and example of a page as a whole, in order."""
    at, found = 0, page.blocks
    while at < len(found):
        kind, last = found[at].kind, at
        if kind is Kind.ITEM:
            last = _list_end(page, at)
            yield from _list(page, at, last)
        elif kind in {Kind.CODE, Kind.ROW}:
            while last + 1 < len(found) and found[last + 1].kind is kind:
                last += 1
            yield from _example(page, at, last) if kind is Kind.CODE else _table(page, at, last)
        at = last + 1


def _list_end(page: ExcerptPage, at: int) -> int:
    """Return the last block of the list that begins at a block."""
    found, last = page.blocks, at
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


def _list(page: ExcerptPage, first: int, last: int) -> Iterator[StatementCut]:
    if last == first:
        return
    unit = Unit.STEPS if page.blocks[first].ordered else Unit.LIST
    places = _places(page, first, last)
    lead = lead_of(page, first)
    if not places:
        return
    begin = places[0] if lead is None else lead
    size = page.statements[places[-1]].end - page.statements[begin].start
    if size <= (LONGEST_LIST if unit is Unit.STEPS else _LONG) and lead_is_near(lead, places):
        yield StatementCut(unit=unit, ranges=((begin, places[-1]),), longest=LONGEST_LIST)
        return
    items = _items(page, first, last)
    if len(items) < _LEAST_ITEMS:
        return
    led = () if lead is None else ((lead, lead),)
    yield StatementCut(
        unit=unit, ranges=(*led, *((at, at) for at in items[:_MOST_ITEMS])), longest=2 * LONGEST_LIST
    )


def lead_is_near(lead: int | None, places: Sequence[int]) -> bool:
    """Tell whether nothing stands between a lead-in and its list."""
    return lead is None or lead == places[0] - 1


def _items(page: ExcerptPage, first: int, last: int) -> list[int]:
    """Return the first statement of each item of a list, without the items inside items."""
    depth = min(block.depth for block in page.blocks[first : last + 1] if block.kind is Kind.ITEM)
    return [
        at
        for at in _places(page, first, last)
        for block in [page.blocks[page.statements[at].block]]
        if page.begins(at) and block.kind is Kind.ITEM and block.depth == depth
    ]


def _table(page: ExcerptPage, first: int, last: int) -> Iterator[StatementCut]:
    places = _places(page, first, last)
    if 1 < len(places) <= _MOST_ROWS:
        lead = lead_of(page, first)
        led = lead is not None and lead_is_near(lead, places) and announces(page.words_at(lead))
        begin = lead if led and lead is not None else places[0]
        yield StatementCut(unit=Unit.LIST, ranges=((begin, places[-1]),), longest=LONGEST_LIST)


def _example(page: ExcerptPage, first: int, last: int) -> Iterator[StatementCut]:
    lead, places = lead_of(page, first), _places(page, first, last)
    if lead is None or not places or not lead_is_near(lead, places):
        return
    said = page.statements
    end = max((at for at in places if said[at].end <= said[lead].start + LONGEST_LIST), default=lead)
    if end > lead:
        yield StatementCut(unit=Unit.EXAMPLE, ranges=((lead, end),), longest=LONGEST_LIST)


def _places(page: ExcerptPage, first: int, last: int) -> list[int]:
    return [at for at, said in enumerate(page.statements) if first <= said.block <= last]
