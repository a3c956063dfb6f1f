from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from referencing.exceptions import Unresolvable

from tools.models.chat.answer_shape import schema_violation

CLAIMS = json.dumps(
    {
        "$defs": {
            "Claim": {
                "type": "object",
                "properties": {"n": {"type": "integer", "minimum": 1}},
                "required": ["n"],
                "additionalProperties": False,
            }
        },
        "type": "object",
        "properties": {"claims": {"type": "array", "items": {"$ref": "#/$defs/Claim"}}},
        "additionalProperties": {"type": "number"},
    }
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ('{"claims": [{"n": 1}]}', ""),
        ('{"claims": [{"n": 1}, {"n": 0}]}', "claims.1.n breaks minimum: 1"),
        ('{"claims": [{"n": 1, "obey me": 2}]}', "claims.0 breaks additionalProperties: false"),
        ('{"obey me": "now"}', 'the answer breaks type: "number"'),
        ("[]", 'the answer breaks type: "object"'),
        ("[" * 100_000, "it is nested too deeply"),
        ("9" * 5_000, "it is no JSON"),
    ],
)
def test_the_first_problem_is_told_without_the_model_s_words(answer: str, problem: str) -> None:
    """Place and rule are named; a key that the model made up is not."""
    assert schema_violation(answer, CLAIMS) == problem


@given(JSON.map(json.dumps) | st.text())
def test_no_answer_breaks_the_check(answer: str) -> None:
    """Whatever a model writes, there is one printable line of bounded length about it, or none."""
    problem = schema_violation(answer, CLAIMS)
    assert problem.isprintable()
    assert len(problem) < 500


def test_a_long_rule_is_cut() -> None:
    """An enumeration of a thousand words does not fill the log."""
    schema = json.dumps({"enum": ["word"] * 1_000})
    assert schema_violation("1", schema).endswith("…")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # what would fetch is deprecated, and still there
def test_a_schema_cannot_reach_out(httpserver: HTTPServer) -> None:
    """A reference to an address is not fetched."""
    httpserver.expect_request("/schema.json").respond_with_json({})
    schema = json.dumps({"$ref": httpserver.url_for("/schema.json")})
    with pytest.raises(Unresolvable):
        schema_violation("1", schema)
    assert httpserver.log == []
