"""Compare a report with the published schema of its version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

MOST = 20
FILES = {"attest.report/1": "report-1.schema.json", "attest.report/2": "report.schema.json"}

_SHOWN = 80
_WORDS = {
    "type": "is not {}",
    "enum": "is none of {}",
    "const": "is not {}",
    "pattern": "does not match {}",
    "minLength": "is shorter than {}",
    "maxLength": "is longer than {}",
    "minItems": "has fewer than {}",
    "maxItems": "has more than {}",
    "minimum": "is below {}",
    "maximum": "is above {}",
}


def departures(report: Mapping[str, Any]) -> list[str]:
    """Return the first differences between a report and the schema that it names, a line each."""
    return [_told(error) for error in islice(_validator(report["schema"]).iter_errors(report), MOST)]


@cache
def _validator(schema: str) -> Draft202012Validator:
    published = json.loads(resources.files("graph.report").joinpath(FILES[schema]).read_text("utf-8"))
    return extend(Draft202012Validator, {"pattern": _pattern})(published)


def _pattern(_: object, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
    """Match whole strings: Python's $ would let a line end pass."""
    if isinstance(value, str) and not re.fullmatch(wanted, value):
        yield ValidationError(f"does not match {wanted}")


def _told(error: ValidationError) -> str:
    place = "".join(
        f"[{each}]" if isinstance(each, int) else f".{each[:_SHOWN]}" for each in error.absolute_path
    )
    return f"report{place}: {_problem(error)}"


def _problem(error: ValidationError) -> str:
    """Describe a difference without repeating its value, which may be long."""
    rule, wanted, part = str(error.validator), error.validator_value, error.schema
    if rule == "required":
        _, name, _ = error.message.split("'", 2)  # a name of the schema: there is an error for each
        return f"{name} is missing"
    if rule == "additionalProperties":
        strange = next(name for name in error.instance if name not in part.get("properties", {}))
        return f"{strange[:_SHOWN]!r} is not part of the format"
    listed = " or ".join(map(str, wanted)) if isinstance(wanted, list) else wanted
    told = _WORDS.get(rule, f"breaks the rule {rule} {{}}").format(listed)
    name = f"the name {error.instance[:_SHOWN]!r} " if "propertyNames" in error.absolute_schema_path else ""
    return name + told
