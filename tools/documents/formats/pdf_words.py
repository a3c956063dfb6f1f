"""Words of a PDF page with their boxes, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfTextPage

from tools.documents.formats.pdf_line import Rectangle
from tools.documents.formats.pdf_scripts import Glyph, indexed, mixed, scripted

# pdfium gives this sign for a hyphen at the end of a line, and goes on with the next line.
BROKEN = "\ufffe"
# Elsewhere it is a sign that is not shown; on a page it is drawn, as a hyphen or between two numbers.
_SOFT = "\u00ad"
_WORD = re.compile(f"[^\\s{BROKEN}]+{BROKEN}?")
_LINE_END = re.compile(r"[\r\n]")
UNKNOWN = "\ufffd"
# One of so many characters tells whether the letters of a page are known, and how they are turned.
_SAMPLED = 64
# In heights of letters: how far a word may stand from where it was drawn before; among so many of its like.
_SHADOW, _LAST = 0.25, 50


class Word(NamedTuple):
    """Hold a word and its box; a line ended before it if it `starts`; `at` numbers its first character."""

    text: str
    box: Rectangle
    starts: bool
    at: int


class Characters:
    """Answer what pdfium knows of the characters of a page, by their numbers."""

    def __init__(self, page: PdfTextPage) -> None:
        self._open, self._page = page, page.raw  # pdfium closes a page to which nothing refers
        self._rectangle = pdfium.FS_RECTF()
        self._sides = (ctypes.c_float * 4).from_buffer(self._rectangle)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.quarters = self._turned()

    def text(self) -> str:
        """Return one code point for each character that pdfium counts."""
        count = max(0, pdfium.FPDFText_CountChars(self._page))
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(_sign(pdfium.FPDFText_GetUnicode(self._page, at)) for at in range(count))

    def box(self, at: int) -> Rectangle:
        """Return the box of a character, as high as its font."""
        pdfium.FPDFText_GetLooseCharBox(self._page, at, self._rectangle)
        left, top, right, bottom = self._sides[:]
        box = Rectangle(left, bottom, right, top)
        return box.turned(self.quarters) if self.quarters else box

    def glyph(self, at: int, sign: str) -> Glyph:
        """Return a character with the height of its font and of the line it stands on."""
        pdfium.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        x, y = self._x.value, self._y.value
        return Glyph(sign, self.box(at).height, Rectangle(x, y, x, y).turned(self.quarters).bottom)

    def _turned(self) -> int:
        """Return by how many quarters most of the text is turned against the page, clockwise from 0 to 3."""
        count = max(0, pdfium.FPDFText_CountChars(self._page))
        angles = (pdfium.FPDFText_GetCharAngle(self._page, at) for at in range(0, count, _SAMPLED))
        turns = Counter(round(-angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
        return turns.most_common(1)[0][0] if turns else 0

    def unknown(self, some: Iterable[int]) -> bool:
        """Tell whether the font of any of some characters does not say which letter it draws."""
        return any(pdfium.FPDFText_HasUnicodeMapError(self._page, at) == 1 for at in some)

    def bold(self, at: int) -> bool:
        """Tell whether the font of a character is called bold."""
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, at, name, len(name), flags)
        return b"bold" in name.value.lower() or b"black" in name.value.lower()


def words(characters: Characters) -> Iterator[Word]:
    """Yield the words of a page in the order in which they are drawn, with powers as ⁶ and indices as ₂."""
    text = characters.text()
    unknown = characters.unknown(range(0, len(text), _SAMPLED))
    end, broken = 0, False
    for found in _WORD.finditer(text):
        before, (start, end) = text[end : found.start()], found.span()
        word, box = found[0], characters.box(start)
        starts = broken or (before != " " and _LINE_END.search(before) is not None)
        if broken := word.endswith(BROKEN):
            word = f"{word[:-1]}-"
        word = word.replace(_SOFT, "-")
        if unknown and characters.unknown((start,)):
            word = UNKNOWN * len(word)
        if end - start > 1:
            last = characters.box(end - 1)
            if mixed(box.height, last.height) or (not word.isalpha() and indexed(word)):
                word, box = _scripted(characters, word, start)
            box = Rectangle(min(box.left, last.left), box.bottom, max(box.right, last.right), box.top)
        yield Word(word, box, starts, start)


def drawn_once(words: Iterable[Word]) -> Iterator[Word]:
    """Yield words without those drawn again on themselves, as shadows and bold letters are made."""
    seen: defaultdict[str, list[Rectangle]] = defaultdict(list)
    for word in words:
        before = seen[word.text][-_LAST:]
        if not any(_same_place(box, word.box) for box in before):
            seen[word.text].append(word.box)
            yield word


def _same_place(one: Rectangle, other: Rectangle) -> bool:
    near = _SHADOW * one.height
    return abs(one.left - other.left) < near and abs(one.bottom - other.bottom) < near


def _scripted(characters: Characters, word: str, start: int) -> tuple[str, Rectangle]:
    """Return a word with its powers and indices, and the box of its largest character."""
    boxes = [characters.box(at) for at in range(start, start + len(word))]
    text = scripted([characters.glyph(at, sign) for at, sign in enumerate(word, start)])
    return text, max(boxes, key=lambda box: box.height)._replace(left=boxes[0].left)


def _sign(code: int) -> str:
    if code == 2:  # noqa: PLR2004 - what pdfium calls a hyphen at a line end here
        return BROKEN
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN  # noqa: PLR2004
