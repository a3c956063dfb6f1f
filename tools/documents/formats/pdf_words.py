"""Words of a PDF page with their boxes, as pdfium finds them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

from tools.documents.formats.pdf_line import Box
from tools.documents.formats.pdf_scripts import Glyph, indexed, mixed, scripted

# pdfium gives this sign for a hyphen at the end of a line, and goes on with the next line.
BROKEN = "\ufffe"
_WORD = re.compile(f"[^\\s{BROKEN}]+{BROKEN}?")
_LINE_END = re.compile(f"[\r\n{BROKEN}]")
_UNKNOWN = "\ufffd"


class Word(NamedTuple):
    """Hold a word and its box; a line ended before it where `starts` is set; `at` numbers its first character."""

    text: str
    box: Box
    starts: bool
    at: int


class Characters:
    """Answer what pdfium knows of the characters of a page, by their numbers."""

    def __init__(self, page: PdfTextPage) -> None:
        self._open, self._page = page, page.raw  # pdfium closes a page to which nothing refers
        self._rectangle = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def text(self) -> str:
        """Return one code point for each character that pdfium counts."""
        count = max(0, pdfium.FPDFText_CountChars(self._page))
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(_sign(pdfium.FPDFText_GetUnicode(self._page, at)) for at in range(count))

    def box(self, at: int) -> Box:
        """Return the box of a character, as high as its font."""
        box = self._rectangle
        pdfium.FPDFText_GetLooseCharBox(self._page, at, box)
        return Box(box.left, box.bottom, box.right, box.top)

    def glyph(self, at: int, sign: str) -> Glyph:
        """Return a character with the height of its font and of the line it stands on."""
        pdfium.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        return Glyph(sign, self.box(at).height, self._y.value)

    def unknown(self, at: int) -> bool:
        """Tell whether the font does not say which letter it draws."""
        return bool(pdfium.FPDFText_HasUnicodeMapError(self._page, at) == 1)

    def bold(self, at: int) -> bool:
        """Tell whether the font of a character is called bold."""
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, at, name, len(name), flags)
        return b"bold" in name.value.lower() or b"black" in name.value.lower()


def words(characters: Characters) -> Iterator[Word]:
    """Yield the words of a page in the order in which they are drawn, with powers as ⁶ and indices as ₂."""
    text = characters.text()
    end = 0
    for found in _WORD.finditer(text):
        start, last = found.start(), found.end() - 1
        first, final = characters.box(start), characters.box(last)
        word = found[0].replace(BROKEN, "-")
        if characters.unknown(start):
            word = _UNKNOWN * len(word)
        box = first
        if last > start:
            box = _around(first, final)
            if mixed(first.height, final.height) or indexed(word):
                glyphs = [characters.glyph(at, sign) for at, sign in enumerate(word, start)]
                word = scripted(glyphs)
                box = _tallest(box, [characters.box(at) for at in range(start, last + 1)])
        yield Word(word, box, bool(_LINE_END.search(text, end, start) or text[end - 1 : end] == BROKEN), start)
        end = found.end()


def _around(first: Box, final: Box) -> Box:
    return Box(min(first.left, final.left), first.bottom, max(first.right, final.right), first.top)


def _tallest(box: Box, boxes: list[Box]) -> Box:
    """Return a box of a word that is as high as its largest character."""
    largest = max(boxes, key=lambda one: one.height)
    return box._replace(bottom=largest.bottom, top=largest.top)


def _sign(code: int) -> str:
    if code == 2:  # noqa: PLR2004 - what pdfium calls a hyphen at a line end here
        return BROKEN
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN  # noqa: PLR2004
