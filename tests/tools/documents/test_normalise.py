from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from graph.records import source_id
from tools.documents.normalise import normalise

ANYTHING = st.text(st.characters(codec=None, exclude_categories=())) | st.text(
    st.sampled_from(
        "a \n\r\t\x00\x0b\x85\u200b\u202e\u0344\u0301\u0316\u0fb2\u0f80\ud800\udfff\u2028é\U000e0041-"
    ),
    max_size=200,
)


@given(ANYTHING)
@example("a" + "\u0344" * 40)
@example("\u09c7" + "\u0301" * 80 + "\u09be")
@example(" \n\n\n \n x")
def test_it_is_idempotent(text: str) -> None:
    """A stored text read again is the same text, so its offsets and its id stay."""
    assert normalise(normalise(text)) == normalise(text)


@given(ANYTHING)
def test_it_always_encodes(text: str) -> None:
    """What is stored comes back equal out of UTF-8, so an id can always be computed and checked."""
    stored = normalise(text)
    assert stored.encode().decode() == stored
    assert len(source_id(stored)) == 64


@given(ANYTHING)
def test_nothing_invisible_stays(text: str) -> None:
    """No control, surrogate, zero-width or bidi character survives, and no line ends in blanks."""
    stored = normalise(text)
    assert not [c for c in stored if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in "\n\t"]
    assert not set(stored) & set(
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u2060\ufeff\xad\U000e0041"
    )
    assert "\n\n\n" not in stored
    assert all(line == line.rstrip() for line in stored.split("\n"))
    assert unicodedata.is_normalized("NFC", stored)


@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=50))
def test_visible_characters_stay(text: str) -> None:
    """Letters, digits and punctuation are only composed, never dropped."""
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_line_ends_become_one_kind() -> None:
    """Every way to end a line becomes LF, and more than one blank line becomes one."""
    assert normalise("\ufeffa\r\nb\rc\x0bd\u2028e \t\n\n\n\nf\n") == "a\nb\nc\nd\ne\n\nf"


def test_stacked_accents_cost_little() -> None:
    """Tens of thousands of unordered marks on one letter, which NFC alone sorts for minutes, are dropped."""
    assert normalise("a" + "\u0301" * 100_000 + "\u0316" * 100_000 + " b") == "a b"
