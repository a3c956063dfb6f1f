"""What of a page may become a claim: ranges of its statements, each sentence, item, row and line of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tools.models.extractive.candidate import Unit
from tools.models.extractive.excerpt_page import (
    LONGEST,
    ExcerptPage,
    announces,
    ends_open,
    says_following,
)
from tools.models.extractive.page_debris import is_debris
from tools.models.extractive.structure import Kind

_LONGEST_ITEM = 500
_POINTS_BACK = re.compile(
    r"\W*(?:it|its|this|that|these|those|they|their|them|he|she|his|her|such|both|otherwise|instead|here|there"
    r"|then|so|because of (?:this|that)|the (?:former|latter|same|value|values|result|reason|number))\b",
    re.IGNORECASE,
)
_ANNOUNCED = frozenset({Kind.ITEM, Kind.ROW, Kind.CODE})
_UNITS = {Kind.PROSE: Unit.SENTENCE, Kind.ITEM: Unit.ITEM, Kind.ROW: Unit.ROW, Kind.CODE: Unit.CODE}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCut:
    """Name the statements of a page that one claim quotes: ranges of places, the last one included."""

    unit: Unit
    ranges: tuple[tuple[int, int], ...]
    longest: int = LONGEST


def statement_cuts(page: ExcerptPage) -> Iterator[StatementCut]:
    """Yield each statement of a page; what only leads in a list, a table or code is left out."""
    for at, said in enumerate(page.statements):
        kind = page.blocks[said.block].kind
        if kind is Kind.HEADING:
            text = page.words_at(at)
            if ":" in text or any(map(str.isdigit, text)):
                yield StatementCut(unit=Unit.HEADING, ranges=((at, at),))
        elif not leads_in(page, at) and not (kind is Kind.PROSE and is_debris(page.words_at(at))):
            yield StatementCut(unit=_UNITS[kind], ranges=_ranges(page, at))
            if kind is Kind.ITEM and page.begins(at) and not page.ends(at):
                yield StatementCut(unit=Unit.ITEM, ranges=((at, page.last_of(at)),), longest=_LONGEST_ITEM)


def _ranges(page: ExcerptPage, at: int) -> tuple[tuple[int, int], ...]:
    """Return a statement with what it needs: the sentence before, or the header of its table."""
    header = page.headers[page.statements[at].block]
    if header is not None:
        return ((header, header), (at, at))
    return ((at - 1 if leans(page, at) else at, at),)


def leads_in(page: ExcerptPage, at: int) -> bool:
    """Tell a statement whose list, table or code follows: alone it says nothing."""
    after = page.statements[at].block + 1
    if after == len(page.blocks) or page.blocks[after].kind not in _ANNOUNCED:
        return False
    text = page.words_at(at)
    return says_following(text) or (page.ends(at) and ends_open(text))


def leans(page: ExcerptPage, at: int) -> bool:
    """Tell whether a sentence needs the one before it to say what it is about."""
    if not at:
        return False
    here, before = page.statements[at], page.statements[at - 1]
    if here.block != before.block or here.end - before.start > LONGEST or leads_in(page, at - 1):
        return False
    return bool(_POINTS_BACK.match(page.text, here.start, here.end))


def lead_of(page: ExcerptPage, block: int) -> int | None:
    """Return the statement that leads in a block: one that says so, else the last before it or its heading.

    A paragraph between a lead-in and its list is passed by.
    """
    for before in range(block - 1, max(-1, block - 3), -1):
        kind = page.blocks[before].kind
        places = [at for at, said in enumerate(page.statements) if said.block == before]
        leading = [at for at in places if announces(page.words_at(at))]
        if leading and kind in {Kind.PROSE, Kind.ITEM}:
            return leading[-1]
        if kind is not Kind.PROSE:
            break
    if not block or page.blocks[block - 1].kind not in {Kind.PROSE, Kind.ITEM, Kind.HEADING}:
        return None
    return max((at for at, said in enumerate(page.statements) if said.block == block - 1), default=None)
