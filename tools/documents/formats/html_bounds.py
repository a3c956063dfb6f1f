"""Take from a page what makes its parsers slow and no reader misses: floods of attributes, depth, wide cells.

libxml2 compares each attribute of a tag with all before it; trafilatura writes every cell that a span covers,
and looks through all that an element stands in.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element, iterwalk  # type: ignore[import-untyped]

MOST_ATTRIBUTES = 200
MOST_DEPTH = 150
MOST_SPANNED = 10_000
"""How many cells of one table may be told of by a span alone."""

_ATTRIBUTE = rb"""[\s/]++(?:=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+)?+"""
_NEXT = re.compile(_ATTRIBUTE)
# A comment, or a tag with all that stands in it. Each byte is read once: what was begun is taken as it is.
_TAG = re.compile(
    rb"<!--(?:>|->|.*?(?:--!?>|\Z))|(?P<name><[A-Za-z][^\s/>]*+)(?P<attributes>(?:" + _ATTRIBUTE + rb")*+)",
    re.DOTALL,
)
_HIDING = frozenset({b"hidden", b"aria-hidden", b"style"})
"""Attributes that keep an element from being seen: they stay, however many stand before them."""
_LONG = 2 * MOST_ATTRIBUTES  # bytes: fewer hold fewer attributes than that


def few_attributes(page: bytes) -> bytes:
    """Return a page in which no tag has more attributes than a person would write."""
    return _TAG.sub(_cut, page)


def _cut(tag: re.Match[bytes]) -> bytes:
    attributes = tag["attributes"] or b""
    if len(attributes) < _LONG:
        return tag[0]
    found = _NEXT.finditer(attributes)
    kept = [attribute[0] for attribute in islice(found, MOST_ATTRIBUTES)]
    hiding: dict[bytes, bytes] = {}
    for attribute in found:
        if (name := _name(attribute[0])) in _HIDING:
            hiding.setdefault(name, attribute[0])
    return bytes(tag["name"]) + b"".join([*kept, *hiding.values()])


def _name(attribute: bytes) -> bytes:
    return attribute.strip(b" \t\r\n\f/").partition(b"=")[0].strip().lower()


def flatten(tree: _Element) -> None:
    """Make plain text of what is nested deeper than a page that was written for readers."""
    depth, deep = 0, []
    for event, element in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == MOST_DEPTH:
            deep.append(element)
    for element in deep:
        words = " ".join(element.itertext())
        for child in list(element):
            element.remove(child)
        element.text = words


def narrow(tree: _Element) -> None:
    """Take the spans out of a table in which they cover more cells than are written."""
    for table in tree.iter("table"):
        cells = [
            cell for cell in table.iter("td", "th") if "colspan" in cell.attrib or "rowspan" in cell.attrib
        ]
        if sum(_span(cell, "colspan") * _span(cell, "rowspan") for cell in cells) > MOST_SPANNED:
            for cell in cells:
                cell.attrib.pop("colspan", None)
                cell.attrib.pop("rowspan", None)


def _span(cell: _Element, name: str) -> int:
    said = cell.get(name, "1")
    return min(int(said), MOST_SPANNED) if said.isdecimal() and len(said) < 10 else 1  # noqa: PLR2004 - digits
