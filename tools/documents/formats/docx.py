"""Word documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from docx.document import Document as WordDocument
from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.dates import dated_line
from tools.documents.formats.docx_numbers import Numbers
from tools.documents.formats.docx_package import opened, related
from tools.documents.formats.docx_styles import Styles
from tools.documents.formats.docx_tables import CELL, TABLE, nearest, table_of
from tools.documents.formats.docx_text import PARAGRAPH, ParagraphWords
from tools.documents.formats.furniture import counts_pages
from tools.documents.formats.grid import write
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

# python-docx makes up these for a file that has no properties, or that it wrote.
_PLACEHOLDER, _PROGRAM, _TEMPLATE = "Word Document", "python-docx", date(2013, 12, 23)


def parse(data: bytes) -> Parsed:
    """Take headers, headings, paragraphs, lists, tables, boxes and notes in order.

    Raises Unusable on a bomb, a stranger, or what needs a password.
    """
    document = opened(data)
    writer = _Writer(document)
    blocks, late = gathered(writer.blocks())
    said = document.core_properties
    created = said.created.date() if said.created else None
    title = str(said.title).strip()
    parsed = writer.text.build(
        title=title if title and title != _PLACEHOLDER else writer.title,
        author=None if said.author == _PROGRAM else str(said.author).strip() or None,
        missing=f"{OUT_OF_TIME} after {len(blocks)} paragraphs and tables" if late else "",
        late=late,
    )
    day = created.isoformat() if created and created != _TEMPLATE else None
    return replace(parsed, published=dated_line(parsed.text) or day)


class _Writer:
    """Write the blocks of a document; `title` is the first that is set as title, or else as heading."""

    def __init__(self, document: WordDocument) -> None:
        self.text = TextBuilder()
        self.title: str | None = None
        self._titled = False
        self._document = document
        self._styles = Styles(document)
        self._numbers = Numbers(document, self._styles)
        self._words = ParagraphWords(document, self._styles)

    def blocks(self) -> Iterator[None]:
        """Write headers, the body and footers, and yield after each block."""
        yield from self._edges("HEADER")
        yield from self._blocks(self._document.element.body)
        yield from self._edges("FOOTER")

    def _edges(self, kind: str) -> Iterator[None]:
        """Write what stands above or below the pages, once, unless it only counts them."""
        seen: set[str] = set()
        for root in related(self._document, kind):
            text = self._flat(root)
            if text and text not in seen and not counts_pages(text):
                self.text.add(text)
                seen.add(text)
            yield

    def _blocks(self, element: _Element) -> Iterator[None]:
        """Write each paragraph and table below an element."""
        for block in nearest(element, PARAGRAPH, TABLE):
            if block.tag == PARAGRAPH:
                self._paragraph(block)
            elif table := table_of(block, self._flat):
                write(self.text, table)
            else:
                for cell in nearest(block, CELL):
                    yield from self._blocks(cell)
            yield from self._hanging()
            yield

    def _hanging(self) -> Iterator[None]:
        """Write the boxes and notes that hang on the block before."""
        for box in self._words.taken_boxes():
            yield from self._blocks(box)
        for note in self._words.taken_notes():
            self.text.add(f"{note.mark} {self._flat(note.element)}")

    def _paragraph(self, paragraph: _Element) -> None:
        words, level = self._words.of(paragraph), self._styles.level(paragraph)
        if not words:
            return
        item = self._numbers.item(paragraph)
        if level:
            self._name(words, title=self._styles.is_title(paragraph))
            self.text.heading(f"{item.number} {words}" if item else words, level)
        elif item:
            self.text.item(words, item.number, item.depth)
        else:
            self.text.add(words)

    def _name(self, words: str, *, title: bool) -> None:
        """Remember the first heading, or what is set as title, as the title of the document."""
        if not self.title or (title and not self._titled):
            self.title, self._titled = words, title

    def _flat(self, element: _Element) -> str:
        """Return the text of all paragraphs below an element on one line."""
        found: Iterable[str] = (self._words.of(paragraph) for paragraph in nearest(element, PARAGRAPH))
        return " ".join(" ".join(found).split())
