"""The words of a line of a web page: powers as powers, formulas as text, nothing that is struck out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.mathml import formula
from tools.superscripts import subscript, superscript

_STRUCK = frozenset({"del", "s", "strike"})
_BREAKS = {"br": "\n", "wbr": "", "td": " ", "th": " ", "p": " ", "div": " ", "li": " "}


def words(element: _Element) -> str:
    """Return all words of an element, its blanks as a browser shows them but for line breaks."""
    return tidy("".join(_pieces(element)))


def tidy(text: str) -> str:
    """Return a text with single blanks; a line break stays one."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def inline(element: _Element) -> str:
    """Return the words of an element within a line, its blanks collapsed to one each, not trimmed."""
    return "".join(_pieces(element))


def collapsed(text: str | None) -> str:
    """Return the text of a node as HTML means it: a line break in the source is a blank."""
    return (text or "").replace("\n", " ")


def _pieces(element: _Element) -> Iterator[str]:
    tag = element.tag
    if tag in _STRUCK:
        return
    if tag == "math":
        yield formula(element)
        return
    scripted = _SCRIPTS.get(tag)
    inner = "".join(_content(element))
    yield scripted(inner) if scripted else f"{inner}{_BREAKS.get(tag, '')}"


def _content(element: _Element) -> Iterator[str]:
    yield collapsed(element.text)
    for child in element:
        yield from _pieces(child)
        yield collapsed(child.tail)


_SCRIPTS: dict[object, Callable[[str], str]] = {"sup": superscript, "sub": subscript}
