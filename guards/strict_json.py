"""Read JSON that every parser reads alike."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

MOST_VALUES = 300_000
"""How many values a text may hold, counted by its commas and opening brackets: memory is bounded by it."""

MOST_NAMES = 10_000
"""How many names one object may hold."""

_MOST_WHOLE = 2**63
_MOST_DIGITS = 20
_SHOWN = 40
_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str) -> Any:  # noqa: ANN401  # JSON is any of six types
    """Parse JSON in time and memory that grow with its length alone.

    Raises ValueError, in half a sentence, where it cannot be read, where parsers differ (a name twice, NaN,
    a number beyond 64 bits, half a character, endless depth), for more than 300,000 values, and for more than
    10,000 names in one object.
    """
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise ValueError(f"it holds more than {MOST_VALUES:,} values")
    try:
        read = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole, parse_float=_finite
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if _HALF_ESCAPED.search(text):
        _refuse_halves(read)
    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_NAMES:
        raise ValueError(f"it holds an object of more than {MOST_NAMES:,} names")
    node = dict(pairs)
    if len(node) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ValueError(f"it names {twice[:_SHOWN]!r} twice")
    return node


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS or not -_MOST_WHOLE <= (number := int(digits)) < _MOST_WHOLE:
        raise ValueError(f"the number {digits[:_MOST_DIGITS]}… has more than 64 bits")
    return number


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError(f"the number {digits[:_MOST_DIGITS]} is too large")
    return number


def _refuse_halves(read: object) -> None:
    """Refuse a lone surrogate: UTF-8 cannot hold it."""
    left = [read]
    while left:
        node = left.pop()
        if isinstance(node, str) and _HALF.search(node):
            raise ValueError("it holds half a character (a lone surrogate)")
        if isinstance(node, dict):
            left += [*node, *node.values()]
        elif isinstance(node, list):
            left += node
