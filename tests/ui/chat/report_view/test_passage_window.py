"""What is shown of a stored text is cut exactly, never whole, and acts on nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.untrusted import Untrusted
from guards.visible_text import UNSAFE
from ui.chat.report_view.passage_window import TextWindow, after, before, holds, shown, window

# Astral letters, combining marks, right-to-left words, joined emoji, line ends and plain words.
PIECES = [
    "word ",
    "\N{MATHEMATICAL FRAKTUR CAPITAL U}nicode",
    "e\u0301",
    "مرحبا ",
    "שלום",
    "👩\u200d👩\u200d👧",
    "😀",
    "\n",
    "\t",
    "a" * 70,
    " ",
    "ß",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60).map("".join)


@st.composite
def quotes(draw: st.DrawFn) -> tuple[str, int, int]:
    """Draw a text with a passage in it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(quotes(), st.integers(1, 200))
@example(("e\u0301" * 200, 300, 301), 50)
@example(("😀" * 200, 100, 150), 20)
def test_the_parts_around_a_quote_join_to_an_exact_slice(drawn: tuple[str, int, int], most: int) -> None:
    """What stands before, the quote and what stands after are one slice of the text, the quote unchanged."""
    text, start, end = drawn
    whole = Untrusted(text)
    left, middle, right = before(whole, start, most), window(whole, start, end), after(whole, end, most)
    assert middle.text.reveal() == text[start:end]
    assert left.end == start
    assert right.start == end
    joined = "".join(each.text.reveal() for each in (left, middle, right))
    assert joined == text[left.start : right.end]
    assert len(left.text) <= most
    assert len(right.text) <= most


@given(quotes())
def test_reading_on_reaches_both_ends_and_repeats_nothing(drawn: tuple[str, int, int]) -> None:
    """Step by step the parts before and after a quote make up the whole text."""
    text, start, end = drawn
    whole, lefts, rights = Untrusted(text), list[TextWindow](), list[TextWindow]()
    while (at := lefts[-1].start if lefts else start) > 0:
        lefts.append(before(whole, at, 80))
    while (at := rights[-1].end if rights else end) < len(text):
        rights.append(after(whole, at, 80))
    pieces = [each.text.reveal() for each in [*reversed(lefts), window(whole, start, end), *rights]]
    assert "".join(pieces) == text


@given(texts, st.integers(-10, 500), st.integers(-10, 500))
def test_bounds_beyond_the_text_are_moved_to_its_ends(text: str, start: int, end: int) -> None:
    """A forged place cuts nothing that is not there and raises nothing."""
    found = window(Untrusted(text), start, end)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.text.reveal() == text[found.start : found.end]


@given(st.text())
def test_what_is_shown_has_nothing_that_acts(text: str) -> None:
    """Controls and direction marks are replaced by signs."""
    whole = Untrusted(text)
    assert not UNSAFE.search(shown(whole, window(whole, 0, len(text))))


@pytest.mark.parametrize(
    ("start", "read"), [(0, "Run\n\nx = *y*\n\nit."), (9, "x = *y*\n\nit."), (17, "it.")]
)
def test_code_is_told_from_text_wherever_a_window_begins(start: int, read: str) -> None:
    """A window that begins inside a block of code shows its lines as they are, and the text after it bare."""
    text = Untrusted("Run\n\n```\nx = *y*\n```\n*it*.")
    assert shown(text, window(text, start, len(text))) == read


def test_a_cut_falls_between_words() -> None:
    """The first and the last word shown are whole."""
    text = Untrusted("first second third fourth fifth")
    assert before(text, 18, 12).text.reveal() == "third"
    assert after(text, 19, 9).text.reveal() == "fourth "


def test_a_cut_never_parts_a_letter_from_its_accent() -> None:
    """A text without blanks is not cut before a combining mark."""
    text = Untrusted("e\u0301" * 100)
    assert before(text, 100, 51).text.reveal().startswith("e")


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(0, 5, "first"), (6, 12, "second")], ids=["first", "second"]
)
def test_a_quote_is_held_only_where_it_stands(start: int, end: int, quote: str) -> None:
    """Moved by one character, or beyond the end, it is not held."""
    text = Untrusted("first second")
    assert holds(text, start, end, quote)
    assert not holds(text, start + 1, end + 1, quote)
    assert not holds(text, start, 99, quote)
