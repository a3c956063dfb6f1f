"""Turn the JSON schema of an MCP tool into an argument model that is enforced here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from jsonschema import SchemaError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import Draft202012Validator, validator_for
from pydantic import BaseModel, create_model, model_validator
from referencing import Registry
from referencing.exceptions import Unresolvable

from graph.errors import Unusable
from guards.number_bounds import are_numbers_held
from tools.mcp import schema_patterns

Schema = Mapping[str, Any]

_WRITTEN = frozenset({"array", "object"})
_LONGEST_REASON = 200
# What an arbitrary schema makes its validator raise: for an invalid address, or a circle.
_INAPPLICABLE = (Unresolvable, RecursionError, ValueError)


class SchemaArguments(BaseModel, frozen=True, extra="allow"):
    """Take what a schema takes; an array or an object is given as a text of JSON."""

    fits: ClassVar[Validator]

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:  # noqa: ANN401  # as pydantic has it
        """Return the schema as the server wrote it; its words are outside text."""
        return dict(cls.fits.schema)

    @model_validator(mode="before")
    @classmethod
    def _checked(cls, values: object) -> object:
        if not isinstance(values, dict):
            raise ValueError("arguments are named values")  # noqa: TRY004  # pydantic collects ValueError only
        read = {name: _read(cls.fits.schema, name, value) for name, value in values.items()}
        if not (held := are_numbers_held(read)).allowed:
            raise ValueError(held.reason)
        try:
            with schema_patterns.bounded():
                wrong = next(iter(cls.fits.iter_errors(read)), None)
        except _INAPPLICABLE:
            raise ValueError("the schema of the tool cannot be applied") from None
        if wrong is not None:
            raise ValueError(_reason(wrong))
        return read


def arguments_model(name: str, schema: Schema) -> type[SchemaArguments]:
    """Return the model of a tool's arguments; raises Unusable for an invalid or unsafe schema.

    A reference leads into the schema itself; nothing is fetched.
    """
    dialect = str(schema.get("$schema") or "")  # a server may have put anything there
    try:
        kind = validator_for({"$schema": dialect}, default=Draft202012Validator)
        kind.check_schema(schema, format_checker=None)  # else Python's own engine reads its patterns
    except (SchemaError, *_INAPPLICABLE):
        raise Unusable(f"{name} has no valid schema") from None
    schema_patterns.check(name, schema)
    model = create_model("Arguments", __base__=SchemaArguments)
    model.fits = schema_patterns.linear(kind)(schema, registry=Registry())
    return model


def _read(schema: object, name: str, value: object) -> object:
    """Return a value of the type the schema asks for: arrays and objects are read from their JSON."""
    known = schema.get("properties", {}).get(name) if isinstance(schema, dict) else None
    kinds = _kinds(known, schema)
    if not isinstance(value, str) or "string" in kinds or not kinds & _WRITTEN:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError(f"{name}: give a text of JSON") from None


def _kinds(part: object, whole: object, depth: int = 8) -> set[str]:
    """Return the types that a part of a schema allows, through its alternatives and local references."""
    if not isinstance(part, dict) or not depth:
        return set()
    said = part.get("type", [])
    kinds = {said} if isinstance(said, str) else {kind for kind in said if isinstance(kind, str)}
    for alternatives in ("anyOf", "oneOf", "allOf"):
        for other in part.get(alternatives, ()):
            kinds |= _kinds(other, whole, depth - 1)
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        kinds |= _kinds(_at(whole, reference[2:].split("/")), whole, depth - 1)
    return kinds


def _at(whole: object, path: list[str]) -> object:
    for step in path:
        whole = whole.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(whole, dict) else None
    return whole


def _reason(wrong: ValidationError) -> str:
    where = ".".join(map(str, wrong.absolute_path))
    return f"{where}: {wrong.message}"[:_LONGEST_REASON] if where else wrong.message[:_LONGEST_REASON]
