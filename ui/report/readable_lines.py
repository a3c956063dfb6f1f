"""Read the lines of a source: headings, items, rows, code and text, without the marks that make them so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from guards.visible_text import visible
from ui.report.readable_text import inline_words

BULLET = "•"

_FENCE = re.compile(r"[ \t]*+(?:`{3,}+|~{3,}+)[^`]*+")
_FENCES = re.compile(r"^[ \t]*+(?:`{3,}+|~{3,}+)[^`\n]*+$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*+(?=[-=*_~+:|#^ \t]{3,}+\Z)[^ \t].*+")
_DEFINED = re.compile(r"[ \t]*+\[\^?[^\[\]\n]{1,80}+\]:[ \t]++")
_BOX = re.compile(r"[ \t]*+(?:!{3}|\?{3}\+?+|:{3,}+|\.\.(?=[ \t]++[\w-]++::))[ \t]*+[\w-]*+(?:::)?+[ \t]*+")
_HEADING = re.compile(r"[ \t]*+#{1,6}[ \t]++")
_QUOTED = re.compile(r"[ \t]*+(?:>[ \t]?+)++")
_ITEM = re.compile(r"[ \t]*+([-*+•]|\d{1,9}[.)])[ \t]++(?:\[[ xX]\][ \t]++)?+")
_ROW = re.compile(r"[ \t]*+\|(.++)")
_CELL = re.compile(r"(?<!\\)\|")
_FIELD = re.compile(r"[^:;]{1,80}+: [^;]*+(?:;|\Z)")
_TITLE_QUOTES = '"“”'


class LineKind(StrEnum):
    """Name the kinds of lines."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableLine:
    """Hold a line without its markup; `mark` is the bullet or the number of an item.

    `apart` says that an empty line stands before it.
    """

    kind: LineKind
    text: str
    mark: str = ""
    apart: bool = False

    def words(self, *, marked: bool = True) -> str:
        """Return the line as plain text, with the mark of an item; a bullet only where it is `marked`."""
        shown = self.mark if marked or self.mark != BULLET else ""
        return f"{shown} {self.text}" if shown else self.text


@dataclass(frozen=True, slots=True)
class _RawLine:
    kind: LineKind
    text: str
    mark: str = ""
    goes_on: bool = False
    apart: bool = False


def readable_lines(text: str, *, fenced: bool = False) -> tuple[ReadableLine, ...]:
    """Return the lines of a text that show something; `fenced` says that it begins inside a block of code."""
    raw = _raw(visible(text).split("\n"), fenced=fenced)
    return tuple(line for group in _paragraphs(raw) for line in _shown(group))


def is_fenced(text: str) -> bool:
    """Tell whether what follows a text stands in a block of code."""
    return sum(1 for _ in _FENCES.finditer(text)) % 2 == 1


def as_text(lines: Iterable[ReadableLine]) -> str:
    """Return lines as plain text, apart where they stand apart."""
    return "".join(("\n\n" if line.apart else "\n") + line.words() for line in lines).lstrip("\n")


def _raw(lines: Iterable[str], *, fenced: bool) -> Iterator[_RawLine | None]:
    """Yield each line with its kind, and None where a paragraph ends."""
    code = fenced
    for line in lines:
        if _FENCE.fullmatch(line):
            code = not code
            yield None
        elif code:
            yield _RawLine(LineKind.CODE, line)
        else:
            yield _read(line)


def _read(line: str) -> _RawLine | None:
    bare = line[quoted.end() :] if (quoted := _QUOTED.match(line)) else line
    if not bare.strip() or _RULE.fullmatch(bare):
        return None
    read = next((read for reader in (_titled, _tabular, _listed) if (read := reader(bare))), None)
    return read or _plain(bare)


def _titled(line: str) -> _RawLine | None:
    if box := _BOX.match(line):
        return _RawLine(LineKind.HEADING, line[box.end() :].strip().strip(_TITLE_QUOTES))
    if heading := _HEADING.match(line):
        return _RawLine(LineKind.HEADING, line[heading.end() :].rstrip("# \t"))
    return None


def _tabular(line: str) -> _RawLine | None:
    if row := _ROW.fullmatch(line):
        return _RawLine(LineKind.ROW, row[1])
    return _RawLine(LineKind.ROW, line) if ";" in line and _FIELD.match(line) else None


def _listed(line: str) -> _RawLine | None:
    if not (item := _ITEM.match(line)):
        return None
    return _RawLine(LineKind.ITEM, line[item.end() :], item[1] if item[1][0].isdigit() else BULLET)


def _plain(line: str) -> _RawLine:
    defined = _DEFINED.match(line)
    return _RawLine(LineKind.TEXT, line[defined.end() if defined else 0 :], goes_on=defined is None)


def _paragraphs(lines: Iterable[_RawLine | None]) -> Iterator[list[_RawLine]]:
    """Group what is parsed as one: a line and the lines of text that continue it."""
    group: list[_RawLine] = []
    apart = False
    for line in lines:
        continues = line is not None and line.goes_on and bool(group) and _can_go_on(group[-1])
        if group and not continues:
            yield group
            group = []
        if line is not None:
            group.append(replace(line, apart=apart))
        apart = line is None
    if group:
        yield group


def _can_go_on(line: _RawLine) -> bool:
    return line.kind in {LineKind.TEXT, LineKind.ITEM}


def _shown(group: list[_RawLine]) -> Iterator[ReadableLine]:
    first = group[0]
    if first.kind is LineKind.CODE:
        yield ReadableLine(kind=LineKind.CODE, text=first.text.rstrip(), apart=first.apart)
    elif first.kind is LineKind.ROW:
        yield from _row(first)
    else:
        yield from _wrapped(first, inline_words("\n".join(line.text for line in group)))


def _wrapped(first: _RawLine, words: str) -> Iterator[ReadableLine]:
    """Keep the line breaks of text, which may be those of verse or of an address, and none in an item."""
    lines = words.split("\n") if first.kind is LineKind.TEXT else [words.replace("\n", " ")]
    for at, line in enumerate(lines):
        if line:
            apart = first.apart and at == 0
            yield ReadableLine(kind=first.kind, text=line, mark=first.mark, apart=apart)


def _row(line: _RawLine) -> Iterator[ReadableLine]:
    cells = (inline_words(cell.strip(" \t")) for cell in _CELL.split(line.text))
    if words := "; ".join(filter(None, cells)):
        yield ReadableLine(kind=LineKind.ROW, text=words, apart=line.apart)
