from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pytest_httpserver import HTTPServer

from graph.errors import Unusable
from guards.number_bounds import LEAST, MOST
from tools.mcp.schema_arguments import arguments_model

PLACE = {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 5},
        "limit": {"type": "integer", "minimum": 1},
        "tags": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        "place": {"$ref": "#/$defs/Place"},
        "either": {"type": ["string", "array"]},
    },
    "required": ["name"],
    "additionalProperties": False,
    "$defs": {"Place": PLACE},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(LEAST, MOST) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)

SCHEMAS = st.fixed_dictionaries(
    {},
    optional={
        "$schema": JSON | st.just("http://json-schema.org/draft-04/schema#"),
        "$ref": st.sampled_from(["#", "#/properties/a", "#/nowhere", "http://127.0.0.1:9/", "::"]) | JSON,
        "$id": st.text(max_size=8),
        "type": st.sampled_from(["object", "array", "string", ["null", "array"], "thing"]) | JSON,
        "pattern": st.text(max_size=8),
        "format": st.sampled_from(["regex", "date"]),
        "multipleOf": st.integers() | st.floats(),
        "anyOf": st.lists(JSON, max_size=2),
        "patternProperties": st.dictionaries(st.text(max_size=4), JSON, max_size=2),
        "enum": JSON,
    },
)


def taken(**values: object) -> dict[str, Any]:
    return arguments_model("t", SCHEMA).model_validate(values).model_dump(mode="json")


def test_values_that_fit_are_taken_as_the_schema_means_them() -> None:
    """Texts of arrays and objects are read, also behind a reference; a text that may be one stays a text."""
    assert taken(name="shag", limit=2, tags='["a"]', place='{"x": 1.5}', either="[1]") == {
        "name": "shag",
        "limit": 2,
        "tags": ["a"],
        "place": {"x": 1.5},
        "either": "[1]",
    }


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "'name' is a required property"),
        ({"name": "cormorant"}, "name: 'cormorant' is too long"),
        ({"name": "a", "limit": 0}, "limit: 0 is less than the minimum"),
        ({"name": "a", "limit": "2"}, "limit: '2' is not of type 'integer'"),
        ({"name": "a", "other": 1}, "'other' was unexpected"),
        ({"name": "a", "tags": "[1]"}, "tags"),
        ({"name": "a", "tags": "a, b"}, "tags: give a text of JSON"),
        ({"name": "a", "tags": "[" * 100_000}, "tags: give a text of JSON"),
        ({"name": "a", "place": '{"y": 1}'}, "place: 'x' is a required property"),
    ],
)
def test_values_that_do_not_fit_are_refused(values: dict[str, object], reason: str) -> None:
    """The schema is enforced before the server is asked, and the place in it is named."""
    with pytest.raises(ValidationError, match=reason):
        taken(**values)


@given(JSON)
def test_any_json_passes_through_unchanged(value: object) -> None:
    """A schema that takes any array gets exactly the array that was written."""
    model = arguments_model("t", {"type": "object", "properties": {"a": {"type": "array"}}})
    read = model.model_validate({"a": json.dumps([value])})
    assert read.model_extra == {"a": [value]}


@given(schema=SCHEMAS, top=SCHEMAS, value=st.text() | st.integers() | st.booleans())
def test_a_schema_of_any_form_is_applied_or_refused(
    schema: object, top: dict[str, object], value: str | float
) -> None:
    """Whatever a server calls a schema, it is turned down at the start, or decides about a value."""
    try:
        model = arguments_model("t", {**top, "properties": {"a": schema}})
    except Unusable:
        return
    with suppress(ValidationError):
        assert "a" in (model.model_validate({"a": value}).model_extra or {})


def test_a_schema_fetches_nothing(httpserver: HTTPServer) -> None:
    """A reference to elsewhere is not followed: the call is refused, and nobody was asked."""
    httpserver.expect_request("/s.json").respond_with_json({"type": "integer"})
    elsewhere = {"$ref": httpserver.url_for("/s.json")}
    model = arguments_model("t", {"type": "object", "properties": {"a": elsewhere}})
    with pytest.raises(ValidationError, match="cannot be applied"):
        model.model_validate({"a": 1})
    assert httpserver.log == []


def test_a_model_has_no_fields_of_its_own() -> None:
    """Names that a model could not have as fields are arguments like any other."""
    schema = {"type": "object", "properties": {"_id": {}, "json": {}, "model_config": {}}}
    model = arguments_model("t", schema)
    values = {"_id": 1, "json": "a", "model_config": True}
    assert model.model_validate(values).model_extra == values
    assert model.model_json_schema() == schema
