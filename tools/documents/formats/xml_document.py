"""XML: articles in JATS and DocBook, and records of any kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.outline import PartKind
from tools.documents.dates import iso_date
from tools.documents.formats.grid import Grid, Row, write
from tools.documents.formats.html_text import tidy
from tools.documents.formats.packed import tree_of
from tools.documents.overtime import OUT_OF_TIME, in_time
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.mathml import formula
from tools.superscripts import subscript, superscript

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_SECTIONS = frozenset((
    "sec", "section", "sect1", "sect2", "sect3", "sect4", "sect5", "simplesect", "refsect1",
    "refsect2", "chapter", "appendix", "part", "preface", "abstract", "glossary", "bibliography",
    "ref-list", "app", "ack",
))  # fmt: skip
_PARAGRAPHS = frozenset((
    "p", "para", "simpara", "formalpara", "attrib", "verse-group", "blockquote", "disp-quote",
))  # fmt: skip
_LISTS = frozenset((
    "list", "itemizedlist", "orderedlist", "simplelist", "procedure",
))  # fmt: skip
_CODE = frozenset((
    "code", "programlisting", "screen", "literallayout", "preformat", "synopsis",
))  # fmt: skip
_TITLES = ("article-title", "title")
_UNSEEN = frozenset((
    "info", "articleinfo", "bookinfo", "front", "front-stub", "journal-meta", "article-meta",
    "processing-meta", "back-matter", "indexterm", "object-id", "permissions", "self-uri",
    "sub-article",
))  # fmt: skip
_SCRIPTS = {"sup": superscript, "superscript": superscript, "sub": subscript, "subscript": subscript}
_DOCUMENTS = frozenset({"article", "book", "chapter", "section", "refentry"})


def name_of(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def parse(data: bytes) -> Parsed:
    """Write an article by its sections; of other XML each record as a row under what it lies in."""
    root = tree_of(data)
    text = TextBuilder()
    writer = _XmlWriter(text)
    is_document = name_of(root) in _DOCUMENTS
    _, late = in_time(lambda: writer.document(root) if is_document else writer.records(root, 0))
    return text.build(
        title=_first(root, *_TITLES) if is_document else None,
        author=_authors(root) if is_document else None,
        published=_published(root) if is_document else None,
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        missing=f"{OUT_OF_TIME} before its end" if late else "",
        late=late,
    )


class _XmlWriter:
    """Write elements into a text."""

    def __init__(self, text: TextBuilder) -> None:
        self._text = text

    def document(self, root: _Element) -> None:
        """Add the title of an article, its abstract and its body."""
        if title := _first(root, *_TITLES):
            self._text.heading(title, 1)
        for abstract in root.iter("{*}abstract"):
            self._section(abstract, 2, "Abstract")
        self._children([child for child in root if name_of(child) not in {*_UNSEEN, *_TITLES}], 2)

    def _children(self, elements: list[_Element], level: int) -> None:
        for element in elements:
            self._element(element, level)

    def _element(self, element: _Element, level: int) -> None:
        name = name_of(element)
        if name in _UNSEEN or name == "title":
            return
        if name in _SECTIONS:
            self._section(element, level)
        elif name in _CODE:
            self._text.code("".join(element.itertext()))
        elif name in _LISTS:
            self._list(element, 0)
        elif name in {"varlistentry", "def-item"}:
            self._text.item(": ".join(filter(None, (words(child) for child in element))))
        elif name in {"table-wrap", "table", "informaltable"}:
            self._table(element)
        elif name in {"fig", "figure"}:
            self._text.add(_caption(element), PartKind.CAPTION)
        elif name in {"ref", "biblioentry", "bibliomixed"}:
            self._text.add(words(element), PartKind.REFERENCE)
        elif name in _PARAGRAPHS or not len(element):
            self._paragraph(element, level)
        else:
            self._children(list(element), level)

    def _paragraph(self, element: _Element, level: int) -> None:
        """Add a paragraph; lists, tables and code within it stand behind it."""
        inner = [
            child for child in element if name_of(child) in {*_LISTS, *_CODE, *_PARAGRAPHS, "table-wrap"}
        ]
        for child in inner:
            child.tag = f"{name_of(child)}"
        self._text.add("".join(_pieces(element, left_out=frozenset(inner))))
        self._children(inner, level)

    def _section(self, element: _Element, level: int, named: str = "") -> None:
        titles = [child for child in element if name_of(child) == "title"]
        if title := words(titles[0]) if titles else named:
            self._text.heading(title, level)
        self._children(list(element), level + 1)

    def _list(self, element: _Element, depth: int) -> None:
        ordered = name_of(element) in {"orderedlist", "procedure"} or element.get("list-type") == "order"
        for number, item in enumerate((child for child in element if len(child) or child.text), start=1):
            inner = [child for child in item if name_of(child) in _LISTS]
            said = tidy("".join(_pieces(item, left_out=frozenset(inner))))
            self._text.item(said, f"{number}." if ordered else "", depth)
            for child in inner:
                self._list(child, depth + 1)

    def _table(self, element: _Element) -> None:
        self._text.add(_caption(element), PartKind.CAPTION)
        rows = [list(_cells(row)) for row in element.iter("{*}tr", "{*}row")]
        heads = sum(1 for head in element.iter("{*}thead") for _ in head.iter("{*}tr", "{*}row"))
        write(self._text, Grid(rows=rows, headers=heads or None))

    def records(self, element: _Element, level: int) -> None:
        """Add the records below an element: what holds only values is a row, what holds more a section."""
        values, number = dict(element.attrib), 0
        for child in element:
            if not len(child) and not child.attrib:
                self._text.row((name_of(child),), (words(child),))
            elif all(not len(value) for value in child):
                number += 1
                fields = [(str(name), str(said)) for name, said in child.attrib.items()]
                fields += [(name_of(value), words(value)) for value in child]
                fields += [] if len(child) else [(name_of(child), words(child))]
                self._text.row([name for name, _ in fields], [said for _, said in fields], number)
            else:
                self._text.section(name_of(child), level + 1)
                self.records(child, level + 1)
        if values and level:
            self._text.row(tuple(map(str, values)), tuple(map(str, values.values())))


def words(element: _Element) -> str:
    """Return all words of an element on one line."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: _Element, left_out: frozenset[_Element] = frozenset()) -> Iterator[str]:
    """Yield the words of an element but for some elements in it: powers as powers, formulas as text."""
    name = name_of(element)
    if name == "math":
        yield formula(element)
        return
    if name in {"title", "label"} and left_out:
        return
    inner = (element.text or "") + "".join(
        ("" if child in left_out else "".join(_pieces(child))) + (child.tail or "") for child in element
    )
    block = name in {"p", "para", "td", "th", "entry", "title", "name", "surname", "given-names", "year"}
    yield _SCRIPTS[name](inner) if name in _SCRIPTS else f"{inner} " if block else inner


def _caption(element: _Element) -> str:
    found = [
        child for child in element.iter("{*}label", "{*}caption") if name_of(child.getparent()) != "caption"
    ]
    found = found or [child for child in element if name_of(child) == "title"]
    return " ".join(filter(None, map(words, found)))


def _cells(row: _Element) -> Row:
    return [said for cell in row for said in [words(cell)] * _span(cell)]


def _span(cell: _Element) -> int:
    said = cell.get("colspan", "1")
    return min(int(said), 100) if said.isdecimal() and len(said) < 4 else 1  # noqa: PLR2004 - digits


def _first(root: _Element, *names: str) -> str | None:
    """Return the words of the first element of one of some names that holds any."""
    found = (words(each) for name in names for each in root.iter(f"{{*}}{name}"))
    return next(filter(None, found), None)


def _authors(root: _Element) -> str | None:
    named = []
    for author in (*root.iter("{*}contrib"), *root.iter("{*}author")):
        names = [_first(author, "given-names", "firstname"), _first(author, "surname")]
        named.append(" ".join(filter(None, names)) or _first(author, "personname", "name") or words(author))
    return ", ".join(filter(None, dict.fromkeys(named))) or None


def _published(root: _Element) -> str | None:
    for day in (*root.iter("{*}pub-date"), *root.iter("{*}pubdate"), *root.iter("{*}date")):
        parts = [_first(day, part) or "" for part in ("year", "month", "day")]
        written = "-".join(part.zfill(2) for part in parts) if all(parts) else words(day)
        if found := iso_date(day.get("iso-8601-date", "") or written):
            return found
    return None
