from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import Unusable
from tools.mcp.schema_arguments import arguments_model

HOSTILE = r"^(a+)+$"


def schema(**keywords: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"type": "object", **keywords}


def fits(said: dict[str, Any], **values: Any) -> bool:  # noqa: ANN401 - JSON
    try:
        arguments_model("far.tool", said).model_validate(values)
    except ValidationError:
        return False
    return True


@pytest.mark.timeout(20)
def test_no_pattern_of_a_server_stops_the_process() -> None:
    """A pattern that Python's engine would try for years is answered at once, wherever it stands."""
    text = "a" * 5_000 + "!"
    assert not fits(schema(properties={"q": {"type": "string", "pattern": HOSTILE}}), q=text)
    assert fits(schema(properties={"q": {"pattern": HOSTILE}}), q="a" * 5_000)
    assert fits(schema(patternProperties={HOSTILE: {"type": "integer"}}), **{text: "any"})
    assert not fits(schema(patternProperties={HOSTILE: {"type": "integer"}}), aaa="text")
    assert not fits(schema(patternProperties={HOSTILE: {}}, additionalProperties=False), **{text: 1})
    assert fits(schema(patternProperties={HOSTILE: {}}, additionalProperties=False), aaa=1)


@pytest.mark.parametrize(
    "pattern", [r"(?=a)b", r"(a)\1", "(", "[", "a{2000}", "(" * 3_000, "a" * 1_001, "(?<name>", "\ud800"]
)
@pytest.mark.parametrize("depth", [0, 3, 2_000])
def test_a_pattern_that_cannot_be_matched_safely_is_refused(pattern: str, depth: int) -> None:
    """Its tool is not offered, however deep the pattern stands; nothing crashes."""
    said: dict[str, Any] = {"type": "string", "pattern": pattern}
    for _ in range(depth):
        said = {"anyOf": [said]}
    with pytest.raises(Unusable, match=r"far\.tool has"):
        arguments_model("far.tool", schema(properties={"q": said}))


def test_a_property_may_be_called_pattern() -> None:
    """What is named like a keyword is none."""
    said = schema(properties={"pattern": {"type": "string"}, "patternProperties": {"type": "integer"}})
    assert fits(said, pattern="(", patternProperties=3)


def test_an_answer_by_patterns_and_leftovers_is_refused() -> None:
    """Where a validator would match by itself what no pattern named, the tool is not offered."""
    with pytest.raises(Unusable, match="cannot be checked"):
        arguments_model("far.tool", schema(patternProperties={"^x": {}}, unevaluatedProperties=False))


@given(pattern=st.text(max_size=30), text=st.text(max_size=30))
def test_any_pattern_is_applied_or_refused(pattern: str, text: str) -> None:
    """Whatever a server writes, its tool is refused by name or its argument is judged."""
    with suppress(Unusable):
        fits(schema(properties={"q": {"pattern": pattern}}, patternProperties={pattern: {}}), q=text)


EVIL = "a" * 60 + "!"
OLD = "http://json-schema.org/draft-07/schema#"
DOUBLING = {f"d{at}": {"allOf": [{"$ref": f"#/$defs/d{at + 1}"}] * 2} for at in range(28)}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "said",
    [
        schema(properties={"q": {"$schema": OLD, "pattern": HOSTILE}}),
        schema(
            properties={"q": {"$ref": "#/$defs/x"}},
            **{"$defs": {"x": {"$schema": OLD, "$id": "http://x/y", "pattern": HOSTILE}}},
        ),
        {"$schema": OLD, "pattern": HOSTILE, "properties": {"q": {"$ref": "#"}}},
        schema(
            properties={"q": {"$ref": "#/$defs/d0"}}, **{"$defs": {**DOUBLING, "d28": {"type": "string"}}}
        ),
    ],
)
def test_no_dialect_and_no_reference_is_a_way_round(said: dict[str, Any]) -> None:
    """A part with a dialect of its own is matched like the rest, and references cannot double for ever."""
    assert not fits(said, q=EVIL)


@pytest.mark.timeout(20)
def test_many_items_are_told_apart_in_time() -> None:
    """Items that must differ are not compared each with each."""
    said = schema(properties={"q": {"type": "array", "uniqueItems": True}})
    many = [{"a": at} for at in range(20_000)]
    assert fits(said, q=many)
    assert not fits(said, q=[*many, {"a": 3}])
