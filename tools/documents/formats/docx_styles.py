"""Styles of a Word document: what they hide, strike out, raise, number, and set as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.formats.docx_package import related

VALUE = qn("w:val")
_OFF = ("0", "false", "off")
_MOST_BASED = 20
_HEADING = re.compile(r"heading ?(\d)", re.IGNORECASE)
_TITLE = "title"
_DEEPEST = 9


class Styles:
    """Look up what applies to a paragraph or a run: what is said on it, else what its styles say."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style
            for root in related(document, "STYLES")
            for style in root.iter(qn("w:style"))
        }

    def of_run(self, run: _Element, name: str) -> _Element | None:
        """Return a property of a run such as `w:vanish`: its own, or that of its style or its paragraph's."""
        own = run.find(qn("w:rPr"))
        paragraph = next(run.iterancestors(qn("w:p")), None)
        outer = paragraph.find(qn("w:pPr")) if paragraph is not None else None
        for properties in (
            own,
            *self._chain(own, "w:rStyle", "w:rPr"),
            *self._chain(outer, "w:pStyle", "w:rPr"),
        ):
            if properties is not None and (found := properties.find(qn(name))) is not None:
                return found
        return None

    def on(self, run: _Element, name: str) -> bool:
        """Tell whether a property that is on or off is on for a run."""
        found = self.of_run(run, name)
        return found is not None and found.get(VALUE) not in _OFF

    def of_paragraph(self, paragraph: _Element, name: str) -> _Element | None:
        """Return a property of a paragraph such as `w:numPr`: its own, or that of its style."""
        own = paragraph.find(qn("w:pPr"))
        for properties in (own, *self._chain(own, "w:pStyle", "w:pPr")):
            if properties is not None and (found := properties.find(qn(name))) is not None:
                return found
        return None

    def level(self, paragraph: _Element) -> int:
        """Return the level of a heading from 1, or 0 for text."""
        outline = self.of_paragraph(paragraph, "w:outlineLvl")
        said = outline.get(VALUE, "") if outline is not None else ""
        if said.isdecimal():
            return int(said) + 1 if int(said) < _DEEPEST else 0
        for name in self._names(paragraph):
            if found := _HEADING.fullmatch(name):
                return int(found[1])
            if name.lower() == _TITLE:
                return 1
        return 0

    def is_title(self, paragraph: _Element) -> bool:
        """Tell whether a paragraph is set as the title of its document."""
        return any(name.lower() == _TITLE for name in self._names(paragraph))

    def _names(self, paragraph: _Element) -> Iterator[str]:
        """Yield what the styles of a paragraph are called, and how it refers to its own."""
        own = paragraph.find(qn("w:pPr"))
        said = own.find(qn("w:pStyle")) if own is not None else None
        if said is not None:
            yield said.get(VALUE, "")
        for style in self._based(own, "w:pStyle"):
            name = style.find(qn("w:name"))
            yield name.get(VALUE, "") if name is not None else ""

    def _chain(self, own: _Element | None, reference: str, properties: str) -> Iterator[_Element | None]:
        return (style.find(qn(properties)) for style in self._based(own, reference))

    def _based(self, own: _Element | None, reference: str) -> Iterator[_Element]:
        """Yield the style that properties refer to, and those that it is based on."""
        said = own.find(qn(reference)) if own is not None else None
        for _ in range(_MOST_BASED):
            style = self._styles.get(said.get(VALUE)) if said is not None else None
            if style is None:
                return
            yield style
            said = style.find(qn("w:basedOn"))
