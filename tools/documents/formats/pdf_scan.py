"""Pages of a PDF that are images: drawn for who reads pictures, and what that read as lines."""

from __future__ import annotations

from pypdfium2 import PdfPage

from tools.documents.formats.pdf_line import PdfLine, Rectangle
from tools.documents.pictures import reads

_DPI = 300
_MOST_PIXELS = 40_000_000
# As if set in letters of this size: what is told from heights and margins is told of these lines alike.
_HEIGHT, _WIDTH, _STEP, _GAP = 12.0, 6.0, 14.0, 60.0


def recognised(page: PdfPage, number: int, count: int) -> list[PdfLine]:
    """Return the lines read off a page, `number` of `count`; none where nobody reads pictures."""
    read = reads.get()
    words = read(picture(page), f"page {number} of {count}") if read else None
    lines: list[PdfLine] = []
    top = 0.0
    for text in map(str.strip, (words or "").splitlines()):
        top -= _STEP if text else _GAP
        if text:
            lines.append(
                PdfLine(text=text, box=Rectangle(0.0, top - _HEIGHT, len(text) * _WIDTH, top), page=number)
            )
    return lines


def picture(page: PdfPage) -> bytes:
    """Draw a page in shades of grey (PGM), at 300 dots an inch or as many as memory allows."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows, wide, stride = bytes(bitmap.buffer), bitmap.width, bitmap.stride
    drawn = b"".join(rows[at : at + wide] for at in range(0, stride * bitmap.height, stride))
    return b"P5 %d %d 255\n" % (wide, bitmap.height) + drawn
