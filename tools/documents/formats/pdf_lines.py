"""Words of a PDF page, put together into the lines they stand on."""

from __future__ import annotations

from collections.abc import Iterable

from tools.documents.formats.pdf_line import PdfLine
from tools.documents.formats.pdf_scripts import mixed, style_of
from tools.documents.formats.pdf_words import Characters, Word

# Shares of the height of the letters: blanks of justified lines are below the first; between columns and the
# cells of a table stands more.
_WIDEST_BLANK = 1.3
_TOUCHING = 0.12
_OVERLAP = -0.5
_LONGEST_SCRIPT = 6


class _Open:
    """Collect the words of one line."""

    def __init__(self, word: Word) -> None:
        self.text, self.box, self.at = word.text, word.box, word.at

    def gap(self, word: Word) -> float:
        """Return the blank before a word, as a share of the height of the line."""
        return (word.box.left - self.box.right) / max(self.box.height, word.box.height, 0.1)

    def add(self, word: Word, text: str, blank: str) -> None:
        """Put a word behind the line."""
        self.text += blank + text
        right = max(self.box.right, word.box.right)
        self.box = self.box._replace(left=min(self.box.left, word.box.left), right=right)

    def added(self, word: Word, blank: str) -> bool:
        """Put a word behind the line if it stands on its row, and tell whether it does."""
        if beside := self.box.beside(word.box):
            self.add(word, word.text, blank)
        return beside


def lines(words: Iterable[Word], characters: Characters, page: int) -> list[PdfLine]:
    """Return the lines of a page in the order in which they are drawn, cut where a wide blank stands."""
    found: list[_Open] = []
    for word in words:
        if not found or not _joined(found[-1], word, characters):
            found.append(_Open(word))
    return [PdfLine(text=line.text, box=line.box, page=page, bold=characters.bold(line.at)) for line in found]


def _joined(line: _Open, word: Word, characters: Characters) -> bool:
    """Add a word to a line if it stands on it, and tell whether it does."""
    if not word.starts and word.box.bottom == line.box.bottom and word.box.top == line.box.top:
        near = word.box.left - line.box.right < _WIDEST_BLANK * (word.box.top - word.box.bottom)
        if near and word.box.right >= line.box.right:
            line.add(word, word.text, " ")
            return True
    gap = line.gap(word)
    near = _OVERLAP < gap < _WIDEST_BLANK
    if mixed(line.box.height, word.box.height) and near:
        return _script_joined(line, word, characters, gap)
    if not line.box.beside(word.box):
        return False
    # Right to left, the words of a line go the other way.
    if near or (not word.starts and gap < 0 and -gap < _reach(line, word)):
        line.add(word, word.text, "" if word.starts and abs(gap) < _TOUCHING else " ")
        return True
    return False


def _reach(line: _Open, word: Word) -> float:
    """Return how far left of a line the next word of a script from right to left may end."""
    height = max(line.box.height, word.box.height, 0.1)
    return (line.box.right - line.box.left + word.box.right - word.box.left) / height + _WIDEST_BLANK


def _script_joined(line: _Open, word: Word, characters: Characters, gap: float) -> bool:
    """Add a raised or lowered word, or put a line behind the small number that it begins with."""
    own, other = characters.glyph(line.at, ""), characters.glyph(word.at, "")
    blank = "" if gap < _TOUCHING else " "
    if word.box.height < line.box.height:
        style = style_of(other._replace(height=word.box.height), line.box.height, own.base)
        if style and len(word.text) <= _LONGEST_SCRIPT:
            line.add(word, style(word.text), blank)
            return True
        return line.added(word, blank or " ")
    style = style_of(own._replace(height=line.box.height), word.box.height, other.base)
    if style and line.text.isalnum() and len(line.text) <= _LONGEST_SCRIPT:
        line.text, line.at = style(line.text), word.at
        line.box = line.box._replace(bottom=word.box.bottom, top=word.box.top)
        line.add(word, word.text, blank)
        return True
    return line.added(word, " ")
