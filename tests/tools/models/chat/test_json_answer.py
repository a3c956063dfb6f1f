from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.models.chat.json_answer import json_answer, without_thoughts

GOOD = '{"sentences": [{"text": "It stops.", "claims": [1]}]}'


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        f"<think>First I look at {{claim 1}}.</think>\n{GOOD}",
        f"I look at the claims one by one.</think>{GOOD}",
        f"Here is the answer:\n```json\n{GOOD}\n```\nI hope it helps.",
        f"```\n{GOOD}\n```",
        f"The answer is {GOOD} as you asked.",
        GOOD.replace("]}]}", "],}],}"),
        GOOD.replace('"', "'"),
        GOOD[:-2],
        f"<thinking>It is {{}} or {{}}.</thinking> Sure! {GOOD}",
    ],
)
def test_the_json_of_an_answer_is_found(written: str) -> None:
    """Thoughts, words around it, a fence, a stray comma, other quotes and an open end cost no second call."""
    assert json.loads(json_answer(written)) == json.loads(GOOD)


@pytest.mark.parametrize("written", ["I cannot answer that.", "", "<think>Hm.", "42", '"text"'])
def test_an_answer_without_an_object_stays_what_it_is(written: str) -> None:
    """Nothing is made up where a model gave no object."""
    assert json_answer(written) == written


def test_thoughts_are_no_part_of_an_answer() -> None:
    """What a reasoning model thinks before it answers is left out, however it marks the end."""
    assert without_thoughts("<think>a</think>b<think>c</think>d") == "d"
    assert without_thoughts("a</think> b") == "b"
    assert without_thoughts("a < b and b > c") == "a < b and b > c"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
def test_valid_json_comes_through_unchanged(value: object) -> None:
    """An answer that is JSON already means the same after it was taken out, unless it writes thoughts."""
    written = json.dumps(value)
    if "</" not in written:
        assert json.loads(json_answer(written)) == value
