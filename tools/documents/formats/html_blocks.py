"""The blocks of a web page in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element, iterwalk  # type: ignore[import-untyped]

from graph.outline import PartKind
from tools.documents.formats.grid import Grid, write
from tools.documents.formats.html_table import cells, is_layout, own_rows, table_of
from tools.documents.formats.html_text import collapsed, inline, tidy, words
from tools.documents.text_builder import TextBuilder

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption", *_HEADINGS,
})  # fmt: skip
_AROUND = frozenset({"nav", "aside", "footer", "header"})
_AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_LEADS_ON = 0.6  # the share of its words that stand in links, from which a block of several leads elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """Hold a paragraph, heading, item, code, caption or table of a page.

    One that is `around` the page's text is navigation, a margin, a header or a footer. An item `goes_on`
    where it is another paragraph of the item before it.
    """

    element: _Element
    kind: PartKind
    words: str = ""
    level: int = 0
    number: str = ""
    goes_on: bool = False
    table: Grid | None = None
    around: bool = False

    def write(self, text: TextBuilder) -> None:
        """Add the block to a text."""
        if self.table:
            write(text, self.table)
        elif self.kind is PartKind.HEADING:
            text.heading(self.words, self.level)
        elif self.goes_on:
            text.more(self.words)
        elif self.kind is PartKind.ITEM:
            text.item(self.words, self.number, self.level)
        elif self.kind is PartKind.CODE:
            text.code(self.words)
        else:
            text.add(self.words, PartKind.NAVIGATION if self.around else self.kind)


def blocks(tree: _Element) -> Iterator[PageBlock]:
    """Yield the blocks of a page."""
    yield from _Walk(tree).within(tree, _WalkState())


@dataclass(frozen=True, slots=True, kw_only=True)
class _WalkState:
    """Say in how deep a list the walk is, and whether it is around the page's text."""

    depth: int = -1
    around: bool = False
    number: str = ""


class _Walk:
    """Walk a page; `_holding` are the elements that hold blocks, and so are no part of a line."""

    def __init__(self, tree: _Element) -> None:
        self._holding: set[_Element] = set()
        for _, element in iterwalk(tree, events=("end",)):
            parent = element.getparent()
            if parent is not None and (element.tag in _BLOCKS or element in self._holding):
                self._holding.add(parent)

    def within(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        """Yield the blocks below an element: its lines, and what the blocks in it hold."""
        line: list[str] = [collapsed(element.text)]
        begun = False
        for child in element:
            if child.tag in _BLOCKS or child in self._holding:
                for block in (
                    *self._line(element, line, position, begun=begun),
                    *self._block(child, position),
                ):
                    begun = begun or block.kind is PartKind.ITEM
                    yield block
                line = []
            else:
                line.append(inline(child))
            line.append(collapsed(child.tail))
        yield from self._line(element, line, position, begun=begun)

    def _line(
        self, element: _Element, line: list[str], position: _WalkState, *, begun: bool
    ) -> Iterator[PageBlock]:
        """Yield what stands between blocks: a paragraph, or the words of an item."""
        if said := tidy("".join(line)):
            kind = PartKind.ITEM if position.depth >= 0 else PartKind.PROSE
            yield PageBlock(
                element=element,
                kind=kind,
                words=said,
                level=max(position.depth, 0),
                number=position.number,
                goes_on=kind is PartKind.ITEM and begun,
                around=position.around,
            )

    def _block(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        """Yield the blocks of one element by what it is."""
        tag = element.tag
        if tag in _AROUND or element.get("role", "").lower() in _AROUND_ROLES:
            position = replace(position, around=True)
        if tag in _LISTS:
            yield from self._list(element, position)
        elif tag == "dl":
            yield from self._definitions(element, position)
        elif tag == "table":
            yield from self._table(element, position)
        elif tag in _HEADINGS or tag in {"pre", "figcaption", "caption"}:
            yield from self._whole(element, position)
        elif position.depth >= 0:
            yield from self._of_item(element, position)
        else:
            yield from self.within(element, position)

    def _whole(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        """Yield a heading, caption or code, which hold no blocks of their own."""
        tag = element.tag
        kind = {"pre": PartKind.CODE}.get(tag, PartKind.HEADING if tag in _HEADINGS else PartKind.CAPTION)
        said = element.xpath("string()") if tag == "pre" else words(element).replace("\n", " ")
        if said.strip():
            yield PageBlock(
                element=element, kind=kind, words=said, level=_HEADINGS.get(tag, 0), around=position.around
            )

    def _of_item(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        """Yield a paragraph within an item; the first of an item stands after its mark."""
        first = True
        for block in self.within(element, position):
            goes_on = block.kind is PartKind.ITEM and (block.goes_on or not first or _before(element))
            yield replace(block, goes_on=goes_on) if block.level == position.depth else block
            first = False

    def _list(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        count = int(start) if (start := element.get("start", "1")).isdecimal() and len(start) < 7 else 1  # noqa: PLR2004 - digits
        for item in element:
            number = f"{count}." if element.tag == "ol" else ""
            inner = replace(position, depth=position.depth + 1, number=number)
            count += item.tag == "li"
            yield from self.within(item, inner) if item.tag == "li" else self._block(item, inner)

    def _definitions(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        """Yield each term with what it means as one item."""
        terms: list[str] = []
        inner = replace(position, depth=position.depth + 1)
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                terms.append(words(child))
                continue
            found = list(self.within(child, replace(inner, number="")))
            told, terms = ", ".join(filter(None, terms)), []
            for at, block in enumerate(found):
                begins = at == 0 and block.kind is PartKind.ITEM and told
                yield replace(block, words=f"{told}: {block.words}") if begins else block

    def _table(self, element: _Element, position: _WalkState) -> Iterator[PageBlock]:
        if is_layout(element):
            outside = replace(position, depth=-1)
            for row in own_rows(element):
                for cell in cells(row):
                    yield from self.within(cell, outside)
            return
        for caption in element.iterchildren("caption"):
            yield from self._whole(caption, position)
        made = table_of(element)
        said = "\n".join("; ".join(row) for row in made.rows)
        if said.strip():
            yield PageBlock(
                element=element, kind=PartKind.ROW, words=said, table=made, around=position.around
            )


def _before(element: _Element) -> bool:
    """Tell whether something of the same item stands before one of its blocks."""
    parent, before = element.getparent(), element.getprevious()
    while before is None and parent is not None and parent.tag not in {"li", "dd"}:
        element, parent, before = parent, parent.getparent(), parent.getprevious()
    above = parent is not None and bool((parent.text or "").strip())
    return above or before is not None


def leads_elsewhere(block: PageBlock) -> bool:
    """Tell whether most of a block are links to other pages."""
    linked = sum(len(words(link)) for link in block.element.iter("a"))
    return linked > _LEADS_ON * max(len(block.words), 1)
