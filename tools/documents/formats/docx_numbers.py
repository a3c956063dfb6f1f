"""Numbers of the lists of a Word document, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.documents.formats.docx_package import related
from tools.documents.formats.docx_styles import VALUE, Styles

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 5000
_LETTERS = 26
_MOST_DEPTH = 8


class ListItem(NamedTuple):
    """Hold the number of an item as it is shown, empty for a bullet, and its depth from 0."""

    number: str
    depth: int


class Numbers:
    """Count the items of all lists of a document, in the order in which it holds them."""

    def __init__(self, document: WordDocument, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Element]] = {}
        self._lists: dict[str, str] = {}
        for root in related(document, "NUMBERING"):
            self._read(root)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def item(self, paragraph: _Element) -> ListItem | None:
        """Return the number of a paragraph, or None where it is no item of a list."""
        said = self._styles.of_paragraph(paragraph, "w:numPr")
        name = _said(said, "w:numId")
        if name in {"", "0"}:
            return None
        depth = min(int(_said(said, "w:ilvl") or 0), _MOST_DEPTH)
        levels = self._levels.get(self._lists.get(name, ""), {})
        return ListItem(self._shown(self._lists.get(name, ""), depth, levels), depth)

    def _read(self, root: _Element) -> None:
        """Read the levels of each list, and which lists go on with the numbers of which."""
        for kind in root.iter(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"), 0)): level for level in kind.iter(qn("w:lvl"))}
            self._levels[kind.get(qn("w:abstractNumId"), "")] = levels
        for one in root.iter(qn("w:num")):
            name, kind = one.get(qn("w:numId"), ""), _said(one, "w:abstractNumId")
            self._lists[name] = kind
            if changed := {int(level.get(qn("w:ilvl"), 0)): level for level in one.iter(qn("w:lvlOverride"))}:
                self._lists[name] = name = f"{kind} {name}"
                self._levels[name] = self._levels.get(kind, {}) | _changed(
                    self._levels.get(kind, {}), changed
                )

    def _shown(self, name: str, depth: int, levels: dict[int, _Element]) -> str:
        """Count an item and return its number."""
        counts = self._counts[name]
        counts[depth] = counts.get(depth, _start(levels.get(depth)) - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels.get(depth)
        if level is None or _said(level, "w:numFmt") in {"bullet", "none"}:
            return ""
        pattern = _said(level, "w:lvlText") or f"%{depth + 1}."

        def written(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            kind = _said(levels.get(at), "w:numFmt") or "decimal"
            return _written(counts.get(at, _start(levels.get(at))), kind)

        return _PLACE.sub(written, pattern)


def _changed(levels: dict[int, _Element], changes: dict[int, _Element]) -> dict[int, _Element]:
    """Return the levels that a list of its own changes."""
    found = {at: change.find(qn("w:lvl")) for at, change in changes.items()}
    return {at: level for at, level in found.items() if level is not None and at in levels}


def _said(element: _Element | None, name: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    return found.get(VALUE, "") if found is not None else ""


def _start(level: _Element | None) -> int:
    said = _said(level, "w:start")
    return int(said) if said.isdecimal() else 1


def _written(number: int, kind: str) -> str:
    """Write a number as the format of a list wants it."""
    if kind.endswith("Letter") and number > 0:
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter.upper() if kind.startswith("upper") else letter
    if kind.endswith("Roman") and 0 < number < _MOST_ROMAN:
        return roman(number).upper() if kind.startswith("upper") else roman(number)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return a number from 1 in small Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
