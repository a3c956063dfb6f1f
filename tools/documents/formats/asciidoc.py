"""AsciiDoc: headings, lists, code and tables; within a line it is kept as it is written."""

from __future__ import annotations

import re
from itertools import pairwise

from graph.outline import PartKind
from tools.documents.dates import dated_line
from tools.documents.decode import decode
from tools.documents.formats.grid import Grid, write
from tools.documents.normalise import normalise
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ITEM = re.compile(r"[ \t]*(\*{1,5}|-|\.{1,5})[ \t]+(\S.*)")
_NUMBERED = re.compile(r"[ \t]*(\d{1,3}\.)[ \t]+(\S.*)")
_TERM = re.compile(r"(\S.{0,200}?)::[ \t]*(.*)")
_CAPTION = re.compile(r"\.(\w.*)")
_ATTRIBUTE = re.compile(
    r":!?[\w-]+!?:.*|\[[^\[\]]*\]|//(?!/).*|(?:toc|include|image|ifdef|ifndef|endif)::?\S*\[.*\]"
)
_FENCES = ("----", "....", "```", "////", "++++")
_BOXES = ("====", "****", "____", "--")
_AUTHOR = re.compile(r"(\w[\w. '-]{1,80}?)(?:\s*<[^<>]*>)?")


def parse(data: bytes) -> Parsed:
    """Write headings, paragraphs, lists, definitions, code and tables in order."""
    body = normalise(decode(data))
    text, reader = TextBuilder(), _Reader()
    reader.read(text, body.split("\n"))
    return text.build(title=reader.title, author=reader.author, published=dated_line(body))


class _Reader:
    """Read lines into a text; `title` is the heading of the first level, `author` the line below it."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.author: str | None = None
        self._paragraph: list[str] = []
        self._below_title = ""
        self._fence = ""
        self._inside: list[str] = []

    def read(self, text: TextBuilder, lines: list[str]) -> None:
        """Add the blocks that lines make."""
        for line, after in pairwise([*lines, ""]):
            if self._fence:
                self._within(text, line)
            elif line.startswith(_FENCES) or line.startswith("|==="):
                self._flush(text)
                self._fence = line.strip()
            else:
                self._line(text, line, after)
        if self._fence:
            self._end(text)
        self._flush(text)

    def _within(self, text: TextBuilder, line: str) -> None:
        if line.strip() == self._fence:
            self._end(text)
        else:
            self._inside.append(line)

    def _end(self, text: TextBuilder) -> None:
        if self._fence.startswith("|"):
            write(text, Grid(rows=_rows(self._inside)))
        elif not self._fence.startswith(("////", "++++")):
            text.code("\n".join(self._inside))
        self._fence, self._inside = "", []

    def _line(self, text: TextBuilder, line: str, after: str) -> None:
        if found := _HEADING.fullmatch(line):
            self._flush(text)
            self._heading(text, len(found[1]), found[2], after)
        elif not line.strip() or _ATTRIBUTE.fullmatch(line) or line.startswith(_BOXES) or line == "+":
            self._flush(text)
        elif found := _ITEM.fullmatch(line) or _NUMBERED.fullmatch(line):
            self._flush(text)
            depth = len(found[1]) - 1 if found[1][0] in "*." else 0
            text.item(found[2], found[1] if found[1][0].isdigit() else "", depth)
        elif found := _CAPTION.fullmatch(line):
            self._flush(text)
            text.add(found[1], PartKind.CAPTION)
        elif found := _TERM.fullmatch(line):
            self._flush(text)
            text.item(f"{found[1]}: {found[2] or after}")
        elif line != self._below_title:
            self._paragraph.append(line)

    def _heading(self, text: TextBuilder, level: int, words: str, after: str) -> None:
        text.heading(words, level)
        if level == 1 and self.title is None:
            self.title = words
            found = _AUTHOR.fullmatch(after)
            if found and "<" in after:
                self.author, self._below_title = found[1], after

    def _flush(self, text: TextBuilder) -> None:
        text.add("\n".join(self._paragraph))
        self._paragraph = []


def _rows(lines: list[str]) -> list[list[str]]:
    """Return the rows of a table: a line of cells each, or as many cells as the first row has."""
    rows = [[cell.strip() for cell in line.split("|")[1:]] for line in lines if line.lstrip().startswith("|")]
    width = len(rows[0]) if rows else 0
    if width > 1 and all(len(row) == 1 for row in rows[1:]):
        cells = [cell for row in rows[1:] for cell in row]
        return [rows[0], *(cells[at : at + width] for at in range(0, len(cells), width))]
    return rows
