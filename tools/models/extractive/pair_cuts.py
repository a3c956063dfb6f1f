"""Cut two statements that only answer together: two sides, a reason, a term with its meaning."""

from __future__ import annotations

from collections.abc import Iterator

from tools.models.extractive.candidate import Unit
from tools.models.extractive.excerpt_page import LONGEST, ExcerptPage
from tools.models.extractive.shapes import Shape
from tools.models.extractive.statement_cuts import StatementCut, leads_in
from tools.models.extractive.structure import Kind


def pair_cuts(page: ExcerptPage, form: Shape) -> Iterator[StatementCut]:
    """Yield the pairs of statements that a form of answer may need."""
    if form is Shape.DEFINITION:
        yield from _entries(page)
    elif form in {Shape.COMPARISON, Shape.REASON}:
        yield from _neighbours(page)


def _entries(page: ExcerptPage) -> Iterator[StatementCut]:
    """Yield each heading with the first statement under it: an entry of a glossary."""
    for at, said in enumerate(page.statements[:-1]):
        below = page.blocks[page.statements[at + 1].block]
        entry = page.blocks[said.block].kind is Kind.HEADING and below.kind is Kind.PROSE
        if entry and not leads_in(page, at + 1):
            yield StatementCut(unit=Unit.PAIR, ranges=((at, at + 1),))


def _neighbours(page: ExcerptPage) -> Iterator[StatementCut]:
    """Yield sentences that follow each other in a paragraph, and items that follow each other in a list."""
    for at, said in enumerate(page.statements[:-1]):
        after = page.statements[at + 1]
        if page.blocks[said.block].kind is Kind.PROSE and said.block == after.block:
            yield StatementCut(unit=Unit.PAIR, ranges=((at, at + 1),))
        elif page.blocks[said.block].kind is Kind.ITEM and page.begins(at):
            last = page.last_of(at)
            if last + 1 < len(page.statements) and _is_next_item(page, said.block, last + 1):
                yield StatementCut(unit=Unit.PAIR, ranges=((at, page.last_of(last + 1)),), longest=LONGEST)


def _is_next_item(page: ExcerptPage, block: int, at: int) -> bool:
    after = page.statements[at].block
    here, there = page.blocks[block], page.blocks[after]
    return after == block + 1 and there.kind is Kind.ITEM and there.depth == here.depth
