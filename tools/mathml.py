"""Formulas in MathML as one line of text."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.superscripts import subscript, superscript

_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})


def formula(math: _Element) -> str:
    """Return a formula in MathML as it is written in one line, such as E=mc²."""
    return _math(math).strip()


def _math(element: _Element) -> str:
    tag = str(element.tag).rpartition("}")[2]
    if tag in _ANNOTATIONS:
        return ""
    parts = [_math(child) for child in element]
    if shape := _SHAPES.get((tag, len(parts))):
        return shape(*parts)
    return (element.text or "").strip() + "".join(parts)


def _grouped(words: str) -> str:
    return words if len(words) <= 1 or words.isalnum() else f"({words})"


_SHAPES: dict[tuple[str, int], Callable[..., str]] = {
    ("msup", 2): lambda base, power: base + superscript(power),
    ("msub", 2): lambda base, index: base + subscript(index),
    ("msubsup", 3): lambda base, index, power: base + subscript(index) + superscript(power),
    ("mfrac", 2): lambda above, below: f"{_grouped(above)}/{_grouped(below)}",
    ("mroot", 2): lambda base, degree: f"{superscript(degree)}√{_grouped(base)}",
    ("msqrt", 1): lambda base: f"√{_grouped(base)}",
}
