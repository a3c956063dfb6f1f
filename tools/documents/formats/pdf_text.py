"""The lines of a PDF, written as headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, zip_longest

from tools.documents.formats.furniture import without_furniture
from tools.documents.formats.grid import Grid
from tools.documents.formats.grid import write as write_table
from tools.documents.formats.hyphens import Hyphens
from tools.documents.formats.paragraphs import paragraphs
from tools.documents.formats.pdf_headings import Headings
from tools.documents.formats.pdf_line import PdfLine
from tools.documents.text_builder import TextBuilder

Fields = Sequence[tuple[str, str]]

_ITEM = re.compile(
    r"(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014\uf0b7]|(\(?(?:\d{1,3}|[a-z])[.)]))\s+(.*)", re.DOTALL
)


def write(
    builder: TextBuilder, pages: Sequence[Sequence[PdfLine]], fields: Mapping[int, Fields]
) -> str | None:
    """Add the text of all pages, each with the fields of its form; return the heading it begins with."""
    lines = list(chain.from_iterable(without_furniture(pages, lambda line: line.text)))
    headings, hyphens = Headings(lines), Hyphens([line.text for line in lines])
    title, rest = None, dict(fields)
    blocks = list(_blocks(paragraphs(lines)))
    for block, after in zip_longest(blocks, blocks[1:]):
        page, text = block[0].page, hyphens.joined([line.text for line in block])
        builder.at(page=page)
        if block[0].cells:
            write_table(builder, Grid(rows=[row.cells for row in block], headers=block[0].headers))
        elif level := headings.level(block, after):
            title = title or (text if level == page == 1 else None)
            builder.heading(text, level)
        elif found := _ITEM.fullmatch(text):
            builder.item(found[2], number=found[1] or "")
        else:
            builder.add(text)
        if not after or after[0].page != page:
            _fill_in(builder, rest.pop(page, ()))
    for number, values in rest.items():
        builder.at(page=number)
        _fill_in(builder, values)
    return title


def _blocks(paragraphs: Iterable[list[PdfLine]]) -> Iterator[list[PdfLine]]:
    """Yield paragraphs, and in place of the rows of a table all of them."""
    for (_, table), some in groupby(paragraphs, lambda lines: (lines[0].page, lines[0].table)):
        if table:
            yield [row for lines in some for row in lines]
        else:
            yield from some


def _fill_in(builder: TextBuilder, fields: Iterable[tuple[str, str]]) -> None:
    """Add the fields of a form, each as a row of its own."""
    for name, value in fields:
        builder.row((name,), (value,))
