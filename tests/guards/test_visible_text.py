"""Nothing that came from outside acts on a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.strict_json import read_json
from guards.visible_text import UNSAFE, one_line, visible, write_json


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


@given(
    st.recursive(
        st.text() | st.integers(-(2**63), 2**63 - 1),
        lambda inner: st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_json_is_exact_and_harmless(value: object) -> None:
    """JSON for the terminal holds no raw control, and reads back as the very same value."""
    written = write_json(value)
    assert not UNSAFE.search(written)
    assert written.encode()
    assert read_json(written) == value


def test_json_keeps_letters_readable() -> None:
    """A plan in Chinese or Portuguese can be edited by hand."""
    assert "中文 é 😀" in write_json({"question": "中文 é 😀"})


HUGE = ["9" * 10_000, "9223372036854775808", "-1e999", '{"a": 1e400}', "0" + ",0" * 300_001]
BROKEN = [r'"\ud800"', r'{"\udc00": 1}', r'["\ud83d\ud83d"]', r'"\x"', '"\x00"']


@pytest.mark.parametrize(
    "text", ['{"a": 1, "a": 2}', "NaN", '{"a": Infinity}', "[" * 100_000, "", "{", *HUGE, *BROKEN]
)
def test_json_that_means_two_things_is_refused(text: str) -> None:
    """What one parser reads and another does not is no JSON here, nor is what would exhaust one."""
    with pytest.raises(ValueError, match=r".") as refused:
        read_json(text)
    assert len(told := str(refused.value)) < 120
    assert "\n" not in told


@pytest.mark.parametrize("twice", [0, 59_999])
def test_a_name_that_stands_twice_is_found_at_once(twice: int) -> None:
    """Nine thousand names and one of them again take no time, wherever it stands; nor do sixty thousand."""
    names = [f'"k{number}": 0' for number in range(9_000)]
    with pytest.raises(ValueError, match=rf"'k{twice % 9_000}' twice"):
        read_json("{" + ", ".join([*names, names[twice % 9_000]]) + "}")
    many = ", ".join(f'"k{number}": 0' for number in [*range(60_000), twice])
    with pytest.raises(ValueError, match="more than 10,000 names"):
        read_json("{" + many + "}")


def test_json_is_what_others_read() -> None:
    """The standard parser reads what we write."""
    assert json.loads(write_json({"a": ["\x7f", "\ud800"]})) == {"a": ["\x7f", "\ud800"]}
