"""Read the structure of an excerpt: its headings, paragraphs, list items, table rows and code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from graph.outline import PartKind
from tools.lexicon.sentences import sentences

_FENCE = re.compile(r"\s*(?:```|~~~)\s*(?P<info>[^\s`~].*)?")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_UNDERLINE = re.compile(r"\s*([=~^\"'.*+-])\1{2,}\s*$")
_SECTION = re.compile(r"\s{0,3}\d+(?:\.\d+)*\.?\s{1,4}\S.{0,80}$")
_ITEM = re.compile(r"\s*(?:[-*+•‣◦▪]|o(?=\s{1,4}\S)|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_ORDERED = re.compile(r"\s*\(?(?:\d{1,3}|[a-z])[.)]\s")
_LINK = re.compile(r"\s*(?:\[[^\]\n]{1,80}\]:\s+\S|\.\. _[^\n]{1,120}:)")
_TAG = re.compile(
    r"\s*(?:<[^<>\n]{1,300}>\s*)+$|\s*\{[%*{][^\n]*[%*}]\}\s*$|\s*:{3,}|\s*/{3}|\s*!!!\s|\s*\.\. [\w-]+::"
)
_PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|\$)\s")
_CELLS = 2
_TAB = 4
_TITLE_WORDS = 8
_WITHOUT_STOPS = re.compile(r"[\u0e01-\u0edf]\W{0,3}\Z")  # Thai and Lao
_WRAPPED = 40  # characters: a shorter line was left short on purpose


class Kind(StrEnum):
    """Name what a block of a text is."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Hold a block of a text at `text[start:end]`, without its mark, and how deep it is indented.

    `ordered` says that it is a numbered step, `parted` that a blank line stands before it.
    """

    kind: Kind
    start: int
    end: int
    depth: int = 0
    ordered: bool = False
    parted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """Hold a line and what stands around it; `after` is the next line, empty where that is blank."""

    text: str
    start: int
    parted: bool
    after: str

    @property
    def first(self) -> int:
        """Return where its first character stands that is not blank."""
        return self.start + len(self.text) - len(self.text.lstrip())


Told = Callable[[int], PartKind | None]
"""Say what stands at an offset of a text; None where that is not known."""


def _untold(_: int) -> None:
    return None


def blocks(text: str, told: Told = _untold) -> tuple[TextBlock, ...]:
    """Return the blocks of a text in order; blank lines, rules, bare tags and link targets are left out.

    `told` says what stands at an offset where the reader of the document knew, else None.
    """
    found: list[TextBlock] = []
    lines = list(_lines(text))
    known = told(0) is not None
    fenced = not known and _begins_in_code(lines)
    for line in lines:
        if _FENCE.match(line.text):
            fenced ^= not known
            continue
        block = _read(line, PartKind.CODE if fenced else told(line.first), found[-1:])
        if block is None or not any(map(str.isalnum, line.text)):
            continue
        joined = _joined(found[-1], block) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(block)
    return tuple(found)


def statements(text: str, block: TextBlock) -> list[tuple[int, int]]:
    """Return `(start, end)` of each sentence of a block; a row, a heading and code stand whole."""
    if block.kind in {Kind.PROSE, Kind.ITEM}:
        spans = sentences(_unwrapped(text[block.start : block.end]))
        return [(block.start + start, block.start + end) for start, end in spans]
    return [(block.start, block.end)]


def _unwrapped(text: str) -> str:
    """Put a blank for each line break inside a wrapped paragraph: what is long enough goes on."""
    lines = text.split("\n")
    ends = [
        " " if _is_wrapped(line) or after.lstrip()[:1].islower() else "\n" for line, after in pairwise(lines)
    ]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _is_wrapped(line: str) -> bool:
    """Tell a line that is long enough to go on; where no script has stops, a line is a sentence."""
    return len(line) >= _WRAPPED and not _WITHOUT_STOPS.search(line)


def _lines(text: str) -> Iterator[_Line]:
    lines, start, parted = text.split("\n"), 0, True
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.strip():
            yield _Line(text=line, start=start, parted=parted, after=after if after.strip() else "")
        parted = not line.strip()
        start += len(line) + 1


def _begins_in_code(lines: Sequence[_Line]) -> bool:
    """Tell whether an excerpt begins inside code: only the fence that opens it says of what kind it is."""
    named = [bool(match["info"]) for line in lines if (match := _FENCE.match(line.text))]
    if not any(named):
        return False
    return sum(named[1::2]) > sum(named[::2])


def _read(line: _Line, told: PartKind | None, before: Sequence[TextBlock]) -> TextBlock | None:
    """Return the block of a line: what its document says it is, else what it looks like."""
    if told is PartKind.CODE or _PROMPT.match(line.text):
        return _made(Kind.CODE, line, 0)
    if told is PartKind.ROW:
        return _made(Kind.ROW, line, 0)
    if told is PartKind.HEADING:
        mark = _HEADING.match(line.text)
        return _made(Kind.HEADING, line, mark.end() if mark else 0)
    block = _item(line) if told is PartKind.ITEM else None
    block = block or _block(line)
    if told is PartKind.ITEM and block and block.kind is not Kind.ITEM:
        return _within_item(replace(block, kind=Kind.PROSE), before)
    return block


def _within_item(block: TextBlock, before: Sequence[TextBlock]) -> TextBlock:
    """Return a line of a list that has no mark: it goes on with an item, or is one."""
    goes_on = before and (before[-1].kind is Kind.ITEM or before[-1].depth > block.depth)
    if not goes_on:
        return replace(block, kind=Kind.ITEM)
    deeper = before[-1].depth + (before[-1].kind is Kind.ITEM)
    return replace(block, depth=max(block.depth, deeper))


def _block(line: _Line) -> TextBlock | None:
    text = line.text
    if _LINK.match(text) or _TAG.match(text):
        return None
    if heading := _HEADING.match(text):
        return _made(Kind.HEADING, line, heading.end())
    if text.lstrip().startswith("|") or text.count("|") >= _CELLS:
        return _made(Kind.ROW, line, 0)
    item = None if _is_heading(line) else _item(line)
    if item:
        return item
    titled = _is_heading(line) or _is_term(line)
    return _made(Kind.HEADING if titled else Kind.PROSE, line, 0)


def _item(line: _Line) -> TextBlock | None:
    mark = _ITEM.match(line.text)
    if not mark:
        return None
    return replace(_made(Kind.ITEM, line, mark.end()), ordered=bool(_ORDERED.match(line.text)))


def _is_heading(line: _Line) -> bool:
    """Tell a heading that is underlined, or numbered and alone."""
    alone = line.parted and not line.after
    numbered = alone and _SECTION.match(line.text) is not None and not _stops(line.text)
    return _UNDERLINE.match(line.after) is not None or numbered


def _is_term(line: _Line) -> bool:
    """Tell a title that is alone, or a term above the indented text that explains it."""
    if not line.parted or not _is_title(line.text):
        return False
    alone = not line.after and line.text[:1].isupper()
    return alone or _depth(line.after) > _depth(line.text)


def _stops(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ",", ":"))


def _is_title(text: str) -> bool:
    """Tell a title or a term that stands alone on its line: a few words, no stop."""
    return len(text.split()) <= _TITLE_WORDS and not re.search(r"[.!?;:,`\[]\W*$|\t", text)


def _depth(text: str) -> int:
    wide = text.expandtabs(_TAB)
    return len(wide) - len(wide.lstrip())


def _made(kind: Kind, line: _Line, mark: int) -> TextBlock:
    body = line.text[mark:]
    begin = mark + len(body) - len(body.lstrip())
    return TextBlock(
        kind=kind,
        start=line.start + begin,
        end=line.start + len(line.text.rstrip()),
        depth=_depth(line.text),
        parted=line.parted,
    )


def _joined(before: TextBlock, block: TextBlock) -> TextBlock | None:
    """Join a line to the block before where it goes on with it."""
    goes_on = not block.parted and (
        (block.kind is Kind.PROSE and before.kind in {Kind.PROSE, Kind.ITEM})
        or (block.kind is before.kind is Kind.CODE and block.depth > before.depth)
    )
    return replace(before, end=block.end) if goes_on else None
