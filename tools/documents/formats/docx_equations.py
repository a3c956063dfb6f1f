"""Equations of a Word document (Office Math) as one line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml.etree import _Element  # type: ignore[import-untyped]

from tools.superscripts import subscript, superscript

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
EQUATIONS = frozenset({f"{{{NAMESPACE}}}oMath"})
_TEXT = f"{{{NAMESPACE}}}t"


def equation(element: _Element) -> str:
    """Return what an equation says: x², a/b, √(x), ∑_(i=1)^n."""
    if element.tag == _TEXT:
        return element.text or ""
    write = _WRITTEN.get(_name(element))
    return write(element) if write else _inside(element)


def _inside(element: _Element) -> str:
    return "".join(equation(child) for child in element if isinstance(child.tag, str))


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _part(element: _Element, name: str) -> str:
    """Return the text of a part of an equation, such as the numerator of a fraction."""
    found = element.find(f"{{{NAMESPACE}}}{name}")
    return _inside(found) if found is not None else ""


def _sign(element: _Element, name: str, otherwise: str) -> str:
    """Return a sign among the properties of a part, such as the opening bracket."""
    found = element.find(f"{{{NAMESPACE}}}{_name(element)}Pr/{{{NAMESPACE}}}{name}")
    return str(found.get(f"{{{NAMESPACE}}}val", "")) if found is not None else otherwise


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _fraction(element: _Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _raised(element: _Element) -> str:
    base, below, above = (_part(element, name) for name in ("e", "sub", "sup"))
    return base + (subscript(below) if below else "") + (superscript(above) if above else "")


def _root(element: _Element) -> str:
    degree = _part(element, "deg")
    return f"{superscript(degree) if degree else ''}√{_grouped(_part(element, 'e'))}"


def _sum(element: _Element) -> str:
    """Write a sum, a product or an integral, with its limits."""
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")
    return f"{_sign(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _brackets(element: _Element) -> str:
    parts = [_inside(child) for child in element if _name(child) == "e"]
    opening, closing = _sign(element, "begChr", "("), _sign(element, "endChr", ")")
    return opening + _sign(element, "sepChr", "|").join(parts) + closing


def _function(element: _Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _rows(element: _Element) -> str:
    """Write a matrix or equations below one another."""
    return "; ".join(
        ", ".join(_cells(row)) if _name(row) == "mr" else _inside(row) for row in _shown(element)
    )


def _shown(element: _Element) -> Iterable[_Element]:
    return [child for child in element if _name(child) in {"mr", "e"}]


def _cells(row: _Element) -> list[str]:
    return [_inside(cell) for cell in row]


def _limit(element: _Element) -> str:
    return f"{_part(element, 'e')}_{_grouped(_part(element, 'lim'))}"


_WRITTEN: dict[str, Callable[[_Element], str]] = {
    "f": _fraction,
    "sSup": _raised,
    "sSub": _raised,
    "sSubSup": _raised,
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "m": _rows,
    "eqArr": _rows,
    "limLow": _limit,
}
