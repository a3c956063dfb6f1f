"""A page of a PDF, as the lines of text and the rows of tables on it."""

from __future__ import annotations

from collections.abc import Sequence

from pypdfium2 import PdfPage

from tools.documents.formats.pdf_aligned import aligned
from tools.documents.formats.pdf_columns import in_reading_order
from tools.documents.formats.pdf_grid import tables
from tools.documents.formats.pdf_line import PdfLine
from tools.documents.formats.pdf_lines import lines
from tools.documents.formats.pdf_rows import in_rows
from tools.documents.formats.pdf_rules import rules
from tools.documents.formats.pdf_tables import with_tables
from tools.documents.formats.pdf_words import Characters, Word, drawn_once, words


def page_lines(page: PdfPage, number: int) -> list[PdfLine]:
    """Return the lines of a page in the order in which they are read; `number` counts from 1."""
    characters = Characters(page.get_textpage())
    found = list(drawn_once(words(characters)))

    def lines_of(some: Sequence[Word]) -> list[PdfLine]:
        return lines(some, characters, number)

    ruled = tables(*rules(page, characters.quarters)) if found else []
    drawn = list(with_tables(found, ruled, lines_of))
    if even := aligned(drawn):
        drawn = list(with_tables(found, [*ruled, *even], lines_of))
    if characters.quarters:  # of such pages pdfium gives the lines in an order of its own
        drawn.sort(key=lambda line: (-round(line.box.bottom), line.box.left))
    return in_rows(in_reading_order(drawn))
