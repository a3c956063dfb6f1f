"""Nothing that came from outside acts on a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.strict_json import read_json, write_json
from ui.visible import UNSAFE, one_line, visible


@given(st.text(st.characters(exclude_categories=())))
def test_visible_text_holds_no_control(text: str) -> None:
    """Only tabs and line feeds are left of what moves a cursor, and everything can be encoded."""
    shown = visible(text)
    assert not UNSAFE.search(shown)
    assert shown.encode().decode() == shown
    assert "\n" not in one_line(text)


def test_a_replaced_character_shows() -> None:
    """A person sees that something was there, and which control it was."""
    assert visible("a\x1b[31mb\x07\u202ec\x9bd") == "a␛[31mb␇\ufffdc\ufffdd"


def test_scripts_keep_their_joiners() -> None:
    """Hindi and family emoji read as they were written."""
    assert visible("क\u094d\u200dष 👨\u200d👩 \u00ad") == "क\u094d\u200dष 👨\u200d👩 \u00ad"


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner, max_size=3)))
def test_json_is_exact_and_harmless(value: object) -> None:
    """JSON for the terminal holds no raw control, and reads back as the very same value."""
    written = write_json(value)
    assert not UNSAFE.search(written)
    assert written.encode()
    assert read_json(written) == value


def test_json_keeps_letters_readable() -> None:
    """A plan in Chinese or Portuguese can be edited by hand."""
    assert "中文 é 😀" in write_json({"question": "中文 é 😀"})


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', "NaN", '{"a": Infinity}', "[" * 100_000, "", "{", "9" * 10_000]
)
def test_json_that_means_two_things_is_refused(text: str) -> None:
    """What one parser reads and another does not is no JSON here, nor is what would exhaust one."""
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


def test_json_is_what_others_read() -> None:
    """The standard parser reads what we write."""
    assert json.loads(write_json({"a": ["\x7f", "\ud800"]})) == {"a": ["\x7f", "\ud800"]}
