"""PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from graph.errors import Unusable
from tools.documents.dates import dated_line
from tools.documents.formats.pdf_facts import facts
from tools.documents.formats.pdf_form import Form, placeholder
from tools.documents.formats.pdf_line import PdfLine
from tools.documents.formats.pdf_page import page_lines
from tools.documents.formats.pdf_scan import recognised
from tools.documents.formats.pdf_text import write
from tools.documents.formats.pdf_words import UNKNOWN
from tools.documents.overtime import OUT_OF_TIME, Overtime, gathered
from tools.documents.parsed import Parsed
from tools.documents.read_progress import metered
from tools.documents.text_builder import TextBuilder

# A font that does not say which letters it draws gives the sign for an unknown letter for each.
_MOST_UNTOLD = 0.2
_LONG = 200  # pages; fewer are read before anybody asks


@dataclass(frozen=True, slots=True, kw_only=True)
class _PdfPage:
    """Hold what a page says; one that says nothing is an `image`, or cannot be read."""

    number: int
    lines: Sequence[PdfLine] = ()
    fields: Sequence[tuple[str, str]] = ()
    image: bool = False
    unread: bool = False


def parse(data: bytes) -> Parsed:
    """Take the text of the pages, paragraphs made whole; what cannot be read of it is `missing`.

    Raises Unusable when a password is needed or no page has text.
    """
    document = _opened(data)
    pages, late = gathered(metered(_pages(document), len(document), _LONG))
    if not any(page.lines or page.fields for page in pages):
        if late:
            raise Overtime
        unread = any(page.unread for page in pages)
        raise Unusable("none of its pages can be read" if unread else "it has no text; it may be a scan")
    if placeholder(document, " ".join(line.text for page in pages for line in page.lines)):
        raise Unusable("it is a form (XFA) that only Adobe Reader shows; its page holds a note that says so")
    known, missing = facts(document), list(_missing(pages, len(document)))
    if late:
        missing.append(f"{OUT_OF_TIME} after page {len(pages)}")
    builder = TextBuilder()
    title = write(builder, [page.lines for page in pages], {page.number: page.fields for page in pages})
    facts_of = {"title": known.title or title, "author": known.author, "missing": "; ".join(missing)}
    parsed = builder.build(**facts_of, unsure=_recognised(pages, len(document)), late=late)
    return replace(parsed, published=dated_line(parsed.text) or known.published)


def _opened(data: bytes) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unusable("it is encrypted and needs a password") from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise Unusable("it is encrypted in a way that is not known") from error
        raise


def _pages(document: PdfDocument) -> Iterator[_PdfPage]:
    form = Form(document)
    for number in range(1, len(document) + 1):
        try:
            yield _page(document[number - 1], number, len(document), form)
        except PdfiumError:
            yield _PdfPage(number=number, unread=True)


def _page(page: PdfPage, number: int, count: int, form: Form) -> _PdfPage:
    lines, fields = page_lines(page, number), list(form.values(page))
    text = "".join(line.text for line in lines)
    if text.count(UNKNOWN) > _MOST_UNTOLD * len(text):
        return _PdfPage(number=number, fields=fields, unread=True)
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    image = not lines and next(images, None) is not None
    if image:
        lines = recognised(page, number, count)
    return _PdfPage(number=number, lines=lines, fields=fields, image=image)


def _missing(pages: Sequence[_PdfPage], count: int) -> Iterator[str]:
    """Yield what is said of pages without text."""
    if images := [page.number for page in pages if page.image and not page.lines]:
        yield f"{_listed(images)} of {count} {'is an image' if len(images) == 1 else 'are images'}"
    if unread := [page.number for page in pages if page.unread]:
        yield f"{_listed(unread)} cannot be read"


def _recognised(pages: Sequence[_PdfPage], count: int) -> str:
    """Say which pages were images, and their letters were recognised."""
    read = [page.number for page in pages if page.image and page.lines]
    were = "was" if len(read) == 1 else "were"
    return f"{_listed(read)} of {count} {were} read by text recognition" if read else ""


def _listed(numbers: Sequence[int]) -> str:
    """Write numbers of pages as `page 2` or `pages 2, 4 to 7`."""
    runs = [[at for _, at in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(parts)}"
