"""PDF."""
from __future__ import annotations
import pypdfium2
from tools.documents.formats.furniture import without_furniture
from tools.documents.formats.paragraphs import paragraphs, text_of, whole_words
from tools.documents.formats.pdf_page import page_lines
from tools.documents.parsed import Parsed

def parse(data: bytes) -> Parsed:
    document = pypdfium2.PdfDocument(data)
    pages = [page_lines(page, number) for number, page in enumerate(document, start=1)]
    pages = without_furniture(pages, lambda line: line.text)
    all_ = [line for page in pages for line in page]
    written = whole_words(all_)
    return Parsed(text="\n\n".join(text_of(p, written) for p in paragraphs(all_)))
