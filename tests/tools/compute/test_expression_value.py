from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.compute.expression_value import with_value_shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("17 * 23", "repr((17 * 23))"),
        ("x = 1\nx", "x = 1\nrepr((x))"),
        ("x = 1\r\nx  # done", "x = 1\nrepr((x))  # done"),
        ("é = 'ü'; é", "é = 'ü'; repr((é))"),
        ("(1,\n 2)", "repr(((1,\n 2)))"),
    ],
)
def test_the_last_expression_becomes_its_repr(code: str, shown: str) -> None:
    """Everything before and after it stays as it was."""
    assert with_value_shown(code) == shown


@pytest.mark.parametrize("code", ["x = 5", "", "def f(): return 1", "1 +", "x = 'a\0'", "*0"])
def test_code_that_ends_in_no_expression_is_left_alone(code: str) -> None:
    """The interpreter says what is wrong with it, if anything."""
    assert with_value_shown(code) == code


@given(st.text(max_size=60))
def test_code_that_could_be_read_still_can_be(code: str) -> None:
    """No text makes the rewriting fail, and what it writes parses if the code did."""
    shown = with_value_shown(code)
    if shown != code.replace("\r\n", "\n").replace("\r", "\n"):
        ast.parse(shown)
