"""OpenDocument texts and presentations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zipfile import ZipFile

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.dates import iso_date
from tools.documents.formats.grid import Grid, Row, write
from tools.documents.formats.packed import open_zip, tree_of, unpacked
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.superscripts import subscript, superscript

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
}
_UNSEEN = ("tracked-changes", "annotation", "sequence-decls", "forms", "table-of-content", "settings")
_MOST_REPEATED = 1000


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def parse(data: bytes) -> Parsed:
    """Write headings, paragraphs, lists and tables in order; a page of a presentation is a slide."""
    archive = open_zip(data)
    content = tree_of(unpacked(archive, "content.xml"))
    meta = _meta(archive)
    text, writer = TextBuilder(), _OdfWriter(_scripts(content))
    body = content.find(_tag("office:body"))
    _, late = in_time(lambda: writer.children(text, body if body is not None else ()))
    return text.build(
        title=meta.get("title"),
        author=meta.get("initial-creator") or meta.get("creator"),
        language=meta.get("language"),
        published=iso_date(meta.get("creation-date", "")),
        missing=f"{OUT_OF_TIME} before its end" if late else "",
        late=late,
    )


def _meta(archive: ZipFile) -> dict[str, str]:
    """Return what a document says of itself, by the names of the elements."""
    if "meta.xml" not in archive.namelist():
        return {}
    found = tree_of(unpacked(archive, "meta.xml")).iter()
    return {_local(each): each.text.strip() for each in found if each.text and each.text.strip()}


def _scripts(tree: _Element) -> dict[str, str]:
    """Return what the styles of a text do to words: raise, lower or strike them out."""
    found: dict[str, str] = {}
    for style in tree.iter(_tag("style:style")):
        for properties in style.iter(_tag("style:text-properties")):
            position = properties.get(_tag("style:text-position"), "").split(" ")[0]
            struck = properties.get(_tag("style:text-line-through-style"), "none") != "none"
            lowered = position == "sub" or position.startswith("-")
            raised = position == "super" or (position[:1].isdigit() and position != "0%")
            if struck or lowered or raised:
                name = style.get(_tag("style:name"), "")
                found[name] = "strike" if struck else "sub" if lowered else "super"
    return found


class _OdfWriter:
    """Write the elements of a document into a text."""

    def __init__(self, scripts: dict[str, str]) -> None:
        self._scripts = scripts
        self._slide = 0

    def children(self, text: TextBuilder, element: Iterable[_Element]) -> None:
        """Add what the children of an element say."""
        for child in element:
            self._element(text, child)

    def _element(self, text: TextBuilder, element: _Element) -> None:
        name = _local(element)
        if name == "h":
            text.heading(self._words(element), int(element.get(_tag("text:outline-level"), "1")))
        elif name == "p":
            text.add(self._words(element))
        elif name == "list":
            self._list(text, element, 0)
        elif name == "table":
            write(text, Grid(rows=list(self._rows(element)), headers=_headers(element)))
        elif name == "page":
            self._page(text, element)
        elif name not in _UNSEEN:
            self.children(text, element)

    def _page(self, text: TextBuilder, page: _Element) -> None:
        """Begin a slide under its title."""
        self._slide += 1
        text.at(slide=self._slide)
        titles = [frame for frame in page if frame.get(_tag("presentation:class")) == "title"]
        said = " ".join(self._words(part) for frame in titles for part in frame.iter(_tag("text:p")))
        text.heading(said.strip() or f"Slide {self._slide}", 1)
        for child in page:
            if child not in titles:
                self._element(text, child)

    def _list(self, text: TextBuilder, element: _Element, depth: int) -> None:
        for item in element:
            first = True
            for child in item:
                if _local(child) == "list":
                    self._list(text, child, depth + 1)
                elif first:
                    text.item(self._words(child), depth=depth)
                    first = False
                else:
                    text.more(self._words(child))

    def _rows(self, table: _Element) -> Iterator[Row]:
        for row in table.iter(_tag("table:table-row")):
            line: list[str] = []
            for cell in row:
                said = " ".join(self._words(part) for part in cell.iter(_tag("text:p"), _tag("text:h")))
                spans = ("table:number-columns-repeated", "table:number-columns-spanned")
                wide = max(int(cell.get(_tag(name), "1")) for name in spans)
                covered = _local(cell) == "covered-table-cell"
                line += [] if covered and line else [said] * min(wide, _MOST_REPEATED)
            yield line

    def _words(self, element: _Element) -> str:
        """Return the words of a paragraph; notes stand behind them in brackets."""
        return "".join(self._pieces(element))

    def _pieces(self, element: _Element) -> Iterator[str]:
        name = _local(element)
        if name == "note":
            said = " ".join(self._words(part) for part in element.iter(_tag("text:p")))
            yield f" [{said}]" if said else ""
            return
        if name in _UNSEEN:
            return
        inner = (element.text or "") + "".join(
            "".join(self._pieces(child)) + (child.tail or "") for child in element
        )
        script = self._scripts.get(element.get(_tag("text:style-name"), "")) if name == "span" else None
        shapes = {"strike": lambda _: "", "sub": subscript, "super": superscript}
        yield {"line-break": "\n", "tab": "\t"}.get(name, "")
        yield " " * min(int(element.get(_tag("text:c"), "1")), _MOST_REPEATED) if name == "s" else ""
        yield shapes[script](inner) if script else inner


def _headers(table: _Element) -> int | None:
    """Count the rows a table marks as headers; None where it marks none."""
    marked = table.find(_tag("table:table-header-rows"))
    return None if marked is None else len(marked.findall(_tag("table:table-row")))
