"""Tell whether an answer fits the JSON Schema that was asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NoReturn

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry

from graph.errors import Unusable

LONGEST_RULE = 120


class Misshapen(Unusable):
    """Say how an answer breaks its schema: the model that gave it may correct it."""


def schema_violation(text: str, schema_json: str) -> str:
    """Return how an answer breaks its schema, or nothing; the message repeats none of its words."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except ValueError:
        return "it is no JSON"
    except RecursionError:
        return "it is nested too deeply"
    return _problem(value, json.loads(schema_json))


def _problem(value: object, schema: dict[str, object]) -> str:
    # An empty registry: without one, a reference to an address would be fetched.
    first = best_match(Draft202012Validator(schema, registry=Registry()).iter_errors(value))
    if first is None:
        return ""
    rule = json.dumps(first.validator_value)
    shown = rule if len(rule) <= LONGEST_RULE else f"{rule[:LONGEST_RULE]}…"
    return f"{_place(first.absolute_path)} breaks {first.validator}: {shown}"


def _place(path: Iterable[str | int]) -> str:
    """Return where a problem is; a key may be the model's own words, which no message repeats."""
    known = (str(part) for part in path if isinstance(part, int) or part.isidentifier())
    return ".".join(known) or "the answer"


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
