"""Build the text of a document piece by piece, and say of each piece what it is and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from graph.outline import DocumentPlace, Part, PartKind
from graph.untrusted import Untrusted
from tools.documents.boilerplate import kind_of
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.lexicon.sentences import sentences

_DEEPEST = 6
_LONGEST_HEADING = 200
_LONGEST_LEAD = 300
_INDENT = "  "
_MOST_PIECES = 20_000
_Lead: TypeAlias = tuple[str, int]
_STATING = frozenset({PartKind.PROSE, PartKind.ITEM})
_LINES = frozenset({PartKind.ITEM, PartKind.ROW})


class TextBuilder:
    """Gather the pieces of a document in order, each in the stored form, as plain Markdown.

    A heading begins with `#`, an item with `-` or its number, code stands between fences, and a row of a
    table is `header: value; header: value`. A piece that is empty is left out.
    """

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._headings: list[tuple[int, str]] = []
        self._place = DocumentPlace()
        self._lead: _Lead | None = None
        self._items: list[_Lead] = []
        self._unsure: list[str] = []
        self.row_number = 0

    @property
    def empty(self) -> bool:
        """Tell whether there is no text yet."""
        return not self._pieces

    def at(self, *, page: int = 0, sheet: str | None = None, slide: int = 0) -> None:
        """Say on which page, sheet or slide the next pieces stand, from 1."""
        named = None if sheet is None else Untrusted(_line(sheet)[:_LONGEST_HEADING])
        self._place = replace(self._place, page=page, sheet=named, slide=slide)

    def heading(self, text: str, level: int) -> None:
        """Add a heading of level 1 to 6; deeper ones than the one before lie below it."""
        if not (words := _line(text)):
            return
        level = min(max(level, 1), _DEEPEST)
        self.section(words, level)
        self._append(f"{'#' * level} {words}", PartKind.HEADING)

    def section(self, words: str, level: int) -> None:
        """Let the next pieces stand below a heading that is no piece of its own."""
        above = [heading for heading in self._headings if heading[0] < level]
        self._headings = [*above, (level, words[:_LONGEST_HEADING])]
        section = tuple(Untrusted(heading) for _, heading in self._headings)
        self._place = replace(self._place, section=section)
        self._lead = None

    def add(self, text: str, kind: PartKind = PartKind.PROSE) -> None:
        """Add a paragraph, a caption, a reference or what leads elsewhere."""
        if piece := normalise(text):
            start = self._append(piece, kind)
            self._lead = (piece, start) if kind is PartKind.CAPTION else _last_sentence(piece, start)

    def code(self, text: str) -> None:
        """Add lines of code between fences."""
        if piece := normalise(text):
            self._append(f"```\n{piece}\n```", PartKind.CODE)
            self._lead = None

    def item(self, text: str, number: str = "", depth: int = 0) -> None:
        """Add an item of a list, under its number as it is written (`3.`) if it has one.

        It hangs on the last sentence of the paragraph before the list, or on the item that it lies below.
        """
        if not (words := _line(text)):
            return
        above = self._items[:depth]
        lead = above[-1] if above else self._lead_of(PartKind.ITEM)
        piece = f"{_INDENT * depth}{_line(number) or '-'} {words}"
        start = self._append(piece, PartKind.ITEM, lead=lead)
        self._items = [*above, (words, start + len(piece) - len(words))]

    def more(self, text: str) -> None:
        """Add another paragraph of the item before it."""
        if piece := normalise(text):
            self._append(piece, PartKind.ITEM, lead=self._lead, apart=True)

    def row(self, headers: Sequence[str], cells: Sequence[str], number: int = 0) -> None:
        """Add a row of a table under its headers; `number` is its place in the table, from 1.

        An empty cell stays under its header. Cells without a header go by the number of their column.
        """
        if any(cells) and (line := _row(headers, cells)):
            self._append(line, PartKind.ROW, number, lead=self._lead_of(PartKind.ROW))

    def include(self, parsed: Parsed, name: str) -> None:
        """Add another document whole, below a name: an attachment, a chapter or a file of an archive."""
        above = Untrusted(_line(name)[:_LONGEST_HEADING])
        gap = "\n\n" if self._pieces else ""
        begin = self._length + len(gap)
        for part in parsed.outline or (Part(start=0),):
            place = replace(part.place, section=(above, *part.place.section))
            start = begin + part.start if self._parts else 0
            lead_at = begin + part.lead_at if part.lead else 0
            self._parts.append(replace(part, start=start, place=place, lead_at=lead_at))
        self._unsure += [f"in {name}: {parsed.unsure}"] if parsed.unsure else []
        self._pieces += [gap, parsed.text]
        self._length = begin + len(parsed.text)
        self._lead = None

    def apart(self) -> None:
        """Let the next list or table hang on nothing that came before."""
        self._lead = None

    def build(self, **facts: Any) -> Parsed:  # noqa: ANN401 - the fields of Parsed, checked by it
        """Return the document, with what else is known of it by the names of the fields of `Parsed`."""
        if self._unsure:
            facts["unsure"] = "; ".join(filter(None, (*self._unsure, facts.get("unsure"))))
        return Parsed(text="".join((*self._chunks, *self._pieces)), outline=tuple(self._parts), **facts)

    def _append(
        self, piece: str, kind: PartKind, row: int = 0, *, lead: _Lead | None = None, apart: bool = False
    ) -> int:
        """Add a piece in the stored form; return where it starts."""
        if kind in _STATING:
            kind = kind_of(piece, [heading for _, heading in self._headings]) or kind
        gap = self._gap(kind, apart=apart)
        self._pieces += [gap] if gap else []
        start = self._length + len(gap)
        said, said_at = lead or ("", 0)
        part = Part(
            start=start,
            kind=kind,
            place=replace(self._place, row=row) if row else self._place,
            lead=Untrusted(said[:_LONGEST_LEAD]) if said else None,
            lead_at=said_at,
        )
        if not self._goes_on(part):
            self._parts.append(replace(part, start=start if self._parts else 0))
        self.row_number = row
        self._pieces.append(piece)
        if len(self._pieces) > _MOST_PIECES:  # a million short texts take twice the room of a long one
            self._chunks.append("".join(self._pieces))
            self._pieces = [""]
        self._length = start + len(piece)
        return start

    def _lead_of(self, kind: PartKind) -> _Lead | None:
        """Return what a list or a table hangs on; a list after a table does not hang on what led to that."""
        if self._parts and self._parts[-1].kind in _LINES - {kind}:
            self._lead = None
        return self._lead

    def _gap(self, kind: PartKind, *, apart: bool) -> str:
        if not self._pieces:
            return ""
        return "\n" if not apart and kind in _LINES and self._parts[-1].kind is kind else "\n\n"

    def _goes_on(self, part: Part) -> bool:
        """Tell whether a piece is described by the part before it: alike, and in its row."""
        if not self._parts or part.kind is PartKind.HEADING:
            return False
        last = self._parts[-1]
        follows = part.place.row in {0, self.row_number + 1} and bool(part.place.row) == bool(last.place.row)
        row = last.place.row if follows else part.place.row
        return last == replace(part, start=last.start, place=replace(part.place, row=row))


def _line(text: str) -> str:
    return " ".join(normalise(text).split())


def _row(headers: Sequence[str], cells: Sequence[str]) -> str:
    names = [*headers, *(f"column {at + 1}" for at in range(len(headers), len(cells)))]
    pairs = zip(names, cells, strict=False)
    fields = [f"{name}: {value}".rstrip() if name else value for name, value in pairs if name or value]
    return _line("; ".join(fields))


def _last_sentence(piece: str, start: int) -> _Lead | None:
    """Return the last sentence of a paragraph and its place in the text, if it is short enough to lead."""
    begin, end = (sentences(piece) or [(0, 0)])[-1]
    return (piece[begin:end], start + begin) if 0 < end - begin <= _LONGEST_LEAD else None
