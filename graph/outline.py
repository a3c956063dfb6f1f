"""What the parts of a text are, and where they stand in the document it was read from."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graph.untrusted import Untrusted


class PartKind(StrEnum):
    """Say what a part of a text is."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    CODE = "code"
    CAPTION = "caption"
    REFERENCE = "reference"
    """An entry of a bibliography, or a bare link."""
    NAVIGATION = "navigation"
    """Links to other pages and what a site says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPlace:
    """Say where something stands as a person sees it; numbers count from 1, and 0 is none.

    `section` holds the headings above it, the outermost first.
    """

    section: tuple[Untrusted, ...] = ()
    page: int = 0
    sheet: Untrusted | None = None
    slide: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Describe a text from `start` to the start of the next part, in Unicode code points.

    `lead` is the lead-in of a list or the caption of a table, which stands at `lead_at`. Each line of a table
    is a row; the row of its place is that of the first line.
    """

    start: int
    kind: PartKind = PartKind.PROSE
    place: DocumentPlace = DocumentPlace()
    lead: Untrusted | None = None
    lead_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Hold a heading of a document: its line at `start:end` of the source, and how deep it is, from 1."""

    start: int
    end: int
    depth: int
    text: Untrusted


Outline = tuple[Part, ...]
"""The parts of a text in order; the first starts at 0. An empty one says nothing."""

_NOTHING = Part(start=0)
_MOST_HEADINGS = 200  # a longer table of contents answers nothing
_LONGEST_MARK = 12  # characters before the words of a heading


def within(outline: Outline, start: int, end: int) -> Outline:
    """Return the parts that describe `text[start:end]`."""
    first = max(0, _index(outline, start))
    last = bisect_right(outline, end - 1, key=lambda part: part.start)
    return outline[first:last]


def part_at(outline: Outline, offset: int) -> Part:
    """Return the part in which an offset lies; prose without a place where nothing is known."""
    at = _index(outline, offset)
    return outline[at] if at >= 0 else _NOTHING


def context(outline: Outline, start: int) -> Untrusted:
    """Return the headings above an offset, and the lead-in or caption where that stands before it."""
    part = part_at(outline, start)
    above = part.place.section[:-1] if part.kind is PartKind.HEADING else part.place.section
    lead = [part.lead] if part.lead and part.lead_at + len(part.lead) <= start else []
    return Untrusted("\n".join(words.reveal() for words in (*above, *lead)))


def headings(outline: Outline, text: Untrusted) -> tuple[Heading, ...]:
    """Return the headings of a document in order, each without its mark; at most 200."""
    parts = [part for part in outline if part.kind is PartKind.HEADING and part.place.section]
    return tuple(made for part in parts[:_MOST_HEADINGS] if (made := _heading(part, text)))


def _heading(part: Part, text: Untrusted) -> Heading | None:
    words = part.place.section[-1]
    line = text.part(part.start, min(len(text), part.start + len(words) + _LONGEST_MARK)).reveal()
    at = line.find(words.reveal())
    if at < 0:
        return None
    start = part.start + at
    return Heading(start=start, end=start + len(words), depth=len(part.place.section), text=words)


def place_at(outline: Outline, text: Untrusted, offset: int) -> DocumentPlace:
    """Return where an offset stands in the document; the row of a table is counted from its part's start."""
    part = part_at(outline, offset)
    place = part.place
    if not place.row:
        return place
    row = place.row + text.reveal().count("\n", part.start, offset)
    return replace(place, row=row)


def _index(outline: Outline, offset: int) -> int:
    return bisect_right(outline, offset, key=lambda part: part.start) - 1


def outline_id(packed: str) -> str:
    """Return the id of a packed outline: its sha256, in hexadecimal; nothing for one that says nothing."""
    return hashlib.sha256(packed.encode()).hexdigest() if packed else ""


def pack(outline: Sequence[Part]) -> str:
    """Write an outline as JSON, as it is stored and sent; an empty one is an empty text."""
    return json.dumps([_row(part) for part in outline], ensure_ascii=False) if outline else ""


def unpack(packed: str) -> Outline:
    """Read what `pack` wrote."""
    return tuple(_part(*row) for row in json.loads(packed)) if packed else ()


def _row(part: Part) -> list[object]:
    place = part.place
    section = [heading.reveal() for heading in place.section]
    sheet, lead = (words and words.reveal() for words in (place.sheet, part.lead))
    return [
        part.start,
        str(part.kind),
        section,
        place.page,
        sheet,
        place.slide,
        place.row,
        lead,
        part.lead_at,
    ]


def _part(  # noqa: PLR0913, PLR0917 - the values of a row, in their order
    start: int,
    kind: str,
    section: list[str],
    page: int,
    sheet: str | None,
    slide: int,
    row: int,
    lead: str | None,
    lead_at: int,
) -> Part:
    place = DocumentPlace(
        section=tuple(map(Untrusted, section)),
        page=page,
        sheet=None if sheet is None else Untrusted(sheet),
        slide=slide,
        row=row,
    )
    told = None if lead is None else Untrusted(lead)
    return Part(start=start, kind=PartKind(kind), place=place, lead=told, lead_at=lead_at)
