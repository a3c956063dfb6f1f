"""Match the patterns of a server's schema in linear time, whatever they say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from jsonschema import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from graph.errors import Unusable
from tools.linear_regex import LinearPattern

_LONGEST = 1_000  # characters of a pattern
_MOST_STEPS = 50_000  # under a second
_STEPS: ContextVar[Iterator[int] | None] = ContextVar("steps", default=None)


def linear(kind: type[Validator]) -> type[Validator]:
    """Return a validator of the same dialect that matches patterns in linear time, in every part of a schema.

    A part that names another dialect gets no other validator, nor does a reference to the root. The number of
    parts compared for one value is limited, because references to references could double it at each step.
    """
    given = kind.VALIDATORS["additionalProperties"]

    def additional(validator: Validator, allowed: object, instance: object, schema: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as jsonschema has it
        if isinstance(instance, dict):
            yield from given(validator, allowed, _unnamed(instance, schema), {})

    def evolve(validator: Validator, **changes: Any) -> Validator:  # noqa: ANN401 - as jsonschema has it
        if (steps := _STEPS.get()) is not None and next(steps, None) is None:
            raise ValueError("the schema takes too many steps")
        kept = {field.alias: getattr(validator, field.name) for field in made.__attrs_attrs__ if field.init}
        return made(**{**kept, **changes})

    changed = {
        "uniqueItems": _unique,
        "pattern": _pattern,
        "patternProperties": _named,
        "additionalProperties": additional,
    }
    made: Any = extend(kind, changed)
    made.evolve = evolve
    kept: type[Validator] = made
    return kept


@contextmanager
def bounded() -> Iterator[None]:
    """Limit the steps in which one value is compared; raise ValueError for one too many."""
    token = _STEPS.set(iter(range(_MOST_STEPS)))
    try:
        yield
    finally:
        _STEPS.reset(token)


def check(name: str, schema: object) -> None:
    """Raise Unusable for a schema with a pattern that cannot be matched in linear time."""
    for pattern in _patterns(schema):
        if len(pattern) > _LONGEST:
            raise Unusable(f"{name} has a pattern of more than {_LONGEST:,} characters in its schema")
        try:
            _compiled(pattern)
        except ValueError:
            raise Unusable(f"{name} has a pattern in its schema that cannot be matched safely") from None
    if _holds(schema, "patternProperties") and _holds(schema, "unevaluatedProperties"):
        raise Unusable(f"{name} names its properties by patterns in a way that cannot be checked")


def _pattern(_: Validator, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(f"it does not match {pattern!r}")


def _unique(_: Validator, wanted: object, instance: object, __: object) -> Iterator[ValidationError]:
    if wanted is True and isinstance(instance, list):
        written = {json.dumps(item, sort_keys=True) for item in instance}
        if len(written) < len(instance):
            yield ValidationError("it has an item twice")


def _named(
    validator: Validator, patterns: Mapping[str, Any], instance: object, _: object
) -> Iterator[ValidationError]:
    for name, value in instance.items() if isinstance(instance, dict) else ():
        for pattern, schema in patterns.items():
            if _compiled(pattern).search(name):
                yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _unnamed(instance: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that a schema names neither literally nor by a pattern."""
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return {
        name: value
        for name, value in instance.items()
        if name not in named and not any(_compiled(pattern).search(name) for pattern in patterns)
    }


@lru_cache(maxsize=1_000)
def _compiled(pattern: str) -> LinearPattern:
    return LinearPattern(pattern)


def _patterns(part: object) -> Iterator[str]:
    """Yield every pattern in a schema, at any depth; a property with that name is no pattern."""
    for each in _parts(part):
        if isinstance(said := each.get("pattern"), str):
            yield said
        if isinstance(named := each.get("patternProperties"), dict):
            yield from named


def _holds(part: object, word: str) -> bool:
    return any(word in each for each in _parts(part))


def _parts(whole: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a value, without recursion: a server decides how deep it is nested."""
    open_ = [whole]
    while open_:
        part = open_.pop()
        if isinstance(part, dict):
            yield part
            open_ += part.values()
        elif isinstance(part, list):
            open_ += part
