"""PowerPoint presentations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml.etree import _Element  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide

from tools.documents.formats.grid import Grid, write
from tools.documents.formats.packed import check_zip
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder
from tools.superscripts import subscript, superscript

_RUN, _TEXT, _BREAK = qn("a:r"), qn("a:t"), qn("a:br")


def parse(data: bytes) -> Parsed:
    """Write the slides by number, each under its title: its text, tables and notes."""
    check_zip(data)
    presentation = Presentation(BytesIO(data))
    text = TextBuilder()
    done, late = gathered(_write(text, presentation.slides))
    known = presentation.core_properties
    created = known.created
    return text.build(
        title=known.title or _first_title(presentation.slides),
        author=known.author or None,
        published=created.date().isoformat() if created else None,
        missing=f"{OUT_OF_TIME} after slide {len(done)}" if late else "",
        late=late,
    )


def _first_title(slides: Iterable[Slide]) -> str | None:
    return next((title for slide in slides if (title := _title(slide))), None)


def _title(slide: Slide) -> str:
    shape = slide.shapes.title
    return " ".join(shape.text_frame.text.split()) if shape is not None else ""


def _write(text: TextBuilder, slides: Iterable[Slide]) -> Iterator[int]:
    """Add the slides; yield the number of each that is done."""
    for number, slide in enumerate(slides, start=1):
        text.at(slide=number)
        title = slide.shapes.title
        text.heading(_title(slide) or f"Slide {number}", 1)
        for shape in slide.shapes:
            if title is None or shape.shape_id != title.shape_id:
                _shape(text, shape)
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
            text.apart()
            text.add(notes.text)
        yield number


def _shape(text: TextBuilder, shape: BaseShape) -> None:
    """Add what a shape says: its paragraphs, its table, or what the shapes of a group say."""
    if isinstance(shape, Shape):
        _paragraphs(text, shape)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        rows = [[_cell(shape, at, column) for column in range(len(shape.table.columns))]
                for at in range(len(shape.table.rows))]  # fmt: skip
        write(text, Grid(rows=rows, headers=1 if shape.table.first_row and len(rows) > 1 else None))
    for inner in getattr(shape, "shapes", ()):
        _shape(text, inner)


def _cell(shape: GraphicFrame, row: int, column: int) -> str:
    """Return the words of a cell; one that others are merged into speaks for them."""
    cell = shape.table.cell(row, column)
    if not cell.is_spanned:
        return str(cell.text_frame.text)
    for top in range(row, -1, -1):
        for left in range(column, -1, -1):
            origin = shape.table.cell(top, left)
            covers = top + origin.span_height > row and left + origin.span_width > column
            if origin.is_merge_origin and covers:
                return str(origin.text_frame.text)
    return ""


def _paragraphs(text: TextBuilder, shape: Shape) -> None:
    """Add paragraphs; those of a body with several are its points."""
    said = [(paragraph.level, _words(paragraph._p)) for paragraph in shape.text_frame.paragraphs]  # noqa: SLF001 - the element of a paragraph has no public name
    said = [(level, words) for level, words in said if words.strip()]
    listed = shape.is_placeholder and len(said) > 1
    for level, words in said:
        if listed:
            text.item(words, depth=level)
        else:
            text.add(words)


def _words(paragraph: _Element) -> str:
    """Return the words of a paragraph, raised and lowered ones as such."""
    return "".join(_run(child) for child in paragraph)


def _run(element: _Element) -> str:
    if element.tag == _BREAK:
        return "\n"
    said = "".join(text.text or "" for text in element.iter(_TEXT))
    properties = element.find(qn("a:rPr"))
    if element.tag != _RUN or properties is None:
        return said
    if properties.get("strike", "noStrike") != "noStrike":
        return ""
    raised = int(found) if (found := properties.get("baseline", "0")).lstrip("-").isdecimal() else 0
    return superscript(said) if raised > 0 else subscript(said) if raised < 0 else said
