"""The words of a Word document's paragraphs, as Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.formats.docx_equations import EQUATIONS, equation
from tools.documents.formats.docx_numbers import roman
from tools.documents.formats.docx_package import related
from tools.documents.formats.docx_styles import VALUE, Styles
from tools.superscripts import subscript, superscript

PARAGRAPH = qn("w:p")
_RUN, _TEXT, _BOX = (qn(f"w:{tag}") for tag in ("r", "t", "txbxContent"))
_FOOTNOTE, _ENDNOTE = qn("w:footnoteReference"), qn("w:endnoteReference")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HIDING = ("w:vanish", "w:strike", "w:dstrike")
UNSEEN = frozenset(
    {
        # It repeats a drawing's text for old readers.
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        # Deleted and moved text is no longer part of the document; small readings above a word repeat it.
        *map(qn, ("w:del", "w:moveFrom", "w:rt")),
    }
)
_STYLES: dict[str, Callable[[str], str]] = {"superscript": superscript, "subscript": subscript}


class Note(NamedTuple):
    """Hold the mark of a note as it is written in the text, and what the note says."""

    mark: str
    element: _Element


class ParagraphWords:
    """Read paragraphs in the order of a document; what hangs on those read is kept until it is taken."""

    def __init__(self, document: WordDocument, styles: Styles) -> None:
        self._styles = styles
        self._notes = {
            (reference, note.get(qn("w:id"))): note
            for reference, kind in ((_FOOTNOTE, "FOOTNOTES"), (_ENDNOTE, "ENDNOTES"))
            for root in related(document, kind)
            for note in root
        }
        self._count = {_FOOTNOTE: 0, _ENDNOTE: 0}
        self._boxes: list[_Element] = []
        self._referred: list[Note] = []

    def of(self, paragraph: _Element) -> str:
        """Return the visible text of a paragraph, powers and indices written as such."""
        pieces = groupby(self._pieces(paragraph), lambda piece: piece[0])
        return "".join(_styled(align, "".join(text for _, text in some)) for align, some in pieces).strip()

    def taken_boxes(self) -> list[_Element]:
        """Return the text boxes anchored in the paragraphs read since the last time."""
        boxes, self._boxes = self._boxes, []
        return boxes

    def taken_notes(self) -> list[Note]:
        """Return the notes that the paragraphs read since the last time refer to."""
        notes, self._referred = self._referred, []
        return notes

    def _pieces(self, element: _Element, align: str = "") -> Iterator[tuple[str, str]]:
        """Yield pieces of text, each with how it is aligned."""
        tag = element.tag
        if tag in UNSEEN or (tag == _RUN and any(self._styles.on(element, name) for name in _HIDING)):
            return
        if tag == _TEXT or tag in _BREAKS:
            yield align, _BREAKS.get(tag, element.text or "")
        elif tag == _BOX:
            self._boxes.append(element)
        elif tag in EQUATIONS:
            yield "", equation(element)
        elif tag in self._count:
            yield "", self._mark(element)
        else:
            if tag == _RUN and (said := self._styles.of_run(element, "w:vertAlign")) is not None:
                align = said.get(VALUE, "")
            for child in element:
                yield from self._pieces(child, align)

    def _mark(self, reference: _Element) -> str:
        """Count a note and return its mark: 1, 2, 3 for footnotes and i, ii, iii for endnotes."""
        note = self._notes.get((reference.tag, reference.get(qn("w:id"))))
        if note is None:
            return ""
        self._count[reference.tag] += 1
        number = self._count[reference.tag]
        mark = superscript(str(number)) if reference.tag == _FOOTNOTE else f"[{roman(number)}]"
        self._referred.append(Note(mark, note))
        return mark


def _styled(align: str, text: str) -> str:
    return _STYLES[align](text) if align in _STYLES else text
