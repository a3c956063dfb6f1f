"""Read and write JSON that means one thing to every reader and harms no terminal."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from ui.visible import UNSAFE


def read_json(text: str) -> Any:  # noqa: ANN401  # JSON is any of six types
    """Parse JSON; raise ValueError where parsers differ: a key named twice, NaN, endless depth."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def write_json(value: object) -> str:
    """Write indented JSON in which characters that act on a terminal are spelled as escapes."""
    return UNSAFE.sub(_spelled, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    node = dict(pairs)
    if len(node) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"it names {next(name for name in names if names.count(name) > 1)!r} twice")
    return node


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _spelled(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
