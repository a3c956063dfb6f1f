"""Compare a report with its published schema, `graph/report.schema.json`.

A small reader of the keywords that file uses, because verifying must not need a package more
than running does; a test compares it with `jsonschema`, and a keyword it does not know is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any

Found = Iterator[tuple[str, str]]
Rule = Callable[[Any, Any, str, "Schema"], Found]
MOST = 20

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_SILENT = {"$schema", "$id", "$defs", "title", "description", "properties", "additionalProperties"}


class Schema:
    """Hold the schema whose `$defs` its parts refer to."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root

    @classmethod
    def published(cls) -> Schema:
        """Read the published schema."""
        return cls(json.loads(resources.files("graph").joinpath("report.schema.json").read_text("utf-8")))

    def departures(self, value: object) -> list[str]:
        """Say, for the first of them, where and how a value departs from the schema."""
        found = self.compare(value, self.root, "report")
        return [f"{place}: {problem}" for (place, problem), _ in zip(found, range(MOST), strict=False)]

    def compare(self, value: object, part: Mapping[str, Any], place: str) -> Found:
        """Find departures from one part of the schema."""
        for keyword, wanted in part.items():
            if keyword not in _SILENT:
                yield from _RULES[keyword](value, wanted, place, self)
        if isinstance(value, dict):
            yield from _members(value, part, place, self)


def _is(value: object, name: str) -> bool:
    if isinstance(value, float) and value.is_integer():
        return name in {"integer", "number"}  # JSON Schema takes 1.0 for an integer
    return isinstance(value, _TYPES[name]) and not isinstance(value, bool)


def _type(value: object, wanted: str | list[str], place: str, _: Schema) -> Found:
    names = [wanted] if isinstance(wanted, str) else wanted
    if not any(_is(value, name) for name in names):
        yield place, f"is not {' or '.join(names)}"


def _enum(value: object, wanted: list[str], place: str, _: Schema) -> Found:
    if value not in wanted:
        yield place, f"is none of {', '.join(wanted)}"


def _const(value: object, wanted: str, place: str, _: Schema) -> Found:
    if value != wanted:
        yield place, f"is not {wanted}"


def _pattern(value: object, wanted: str, place: str, _: Schema) -> Found:
    # fullmatch: Python's $ would let a line end pass
    if isinstance(value, str) and not re.fullmatch(wanted, value):
        yield place, f"does not match {wanted}"


def _shortest(value: object, wanted: int, place: str, _: Schema) -> Found:
    if isinstance(value, str) and len(value) < wanted:
        yield place, f"is shorter than {wanted}"


def _longest(value: object, wanted: int, place: str, _: Schema) -> Found:
    if isinstance(value, str) and len(value) > wanted:
        yield place, f"is longer than {wanted}"


def _minimum(value: Any, wanted: float, place: str, _: Schema) -> Found:  # noqa: ANN401  # any JSON
    if _is(value, "number") and value < wanted:
        yield place, f"is below {wanted}"


def _maximum(value: Any, wanted: float, place: str, _: Schema) -> Found:  # noqa: ANN401  # any JSON
    if _is(value, "number") and value > wanted:
        yield place, f"is above {wanted}"


def _required(value: object, wanted: list[str], place: str, _: Schema) -> Found:
    for name in wanted:
        if isinstance(value, dict) and name not in value:
            yield place, f"{name} is missing"


def _items(value: object, wanted: Mapping[str, Any], place: str, schema: Schema) -> Found:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from schema.compare(item, wanted, f"{place}[{index}]")


def _names(value: object, wanted: Mapping[str, Any], place: str, schema: Schema) -> Found:
    for name in value if isinstance(value, dict) else ():
        yield from schema.compare(name, wanted, f"{place}: the name {name!r}")


def _reference(value: object, wanted: str, place: str, schema: Schema) -> Found:
    yield from schema.compare(value, schema.root["$defs"][wanted.removeprefix("#/$defs/")], place)


def _members(value: dict[str, Any], part: Mapping[str, Any], place: str, schema: Schema) -> Found:
    known, others = part.get("properties", {}), part.get("additionalProperties", {})
    for name, member in value.items():
        if name not in known and others is False:
            yield place, f"{name!r} is not part of the format"
        else:
            yield from schema.compare(member, known.get(name, others), f"{place}.{name}")


_RULES: dict[str, Rule] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _shortest,
    "maxLength": _longest,
    "minimum": _minimum,
    "maximum": _maximum,
    "required": _required,
    "items": _items,
    "propertyNames": _names,
    "$ref": _reference,
}
