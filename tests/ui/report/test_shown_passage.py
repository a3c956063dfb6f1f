from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.visible_text import UNSAFE
from ui.report.shown_passage import first_cut, last_cut, shown_passage


@pytest.mark.parametrize(
    ("before", "quote", "after", "shown"),
    [
        ("See **the ", "limit** of", " calls.", ("See the ", "limit of", " calls.")),
        ("Kinds:\n\n", "- **red**\n- blue", "\n- green", ("Kinds:\n\n", "• red\n• blue", "\n• green")),
        ("", "## Limits", "\n\nFive.", ("", "Limits", "\n\nFive.")),
        ("| a | b |\n|---|---|\n", "| 1 | 2 |", "", ("a; b\n\n", "1; 2", "")),
        ("Read [the ", "guide", "](https://e.example/x).", ("Read the ", "guide", ".")),
        ("Run:\n\n", "```sh\nmake\n```", "\nit", ("Run:\n\n", "make", "\n\nit")),
        ("", "**", "", ("", "**", "")),
    ],
    ids=["emphasis", "items", "heading", "row", "link", "code", "markup"],
)
def test_a_quote_is_found_again_between_its_neighbours(
    before: str, quote: str, after: str, shown: tuple[str, str, str]
) -> None:
    """What was quoted is marked in what is shown, without markup, also where markup crosses its ends."""
    found = shown_passage(before, quote, after)
    assert (found.before, found.quote, found.after) == shown


def test_a_quote_inside_an_address_is_shown_all_the_same() -> None:
    """Where a link hides the ends of a quote, the parts are read one by one."""
    assert shown_passage("Read [it](https://e.example/", "guide", ").").quote == "guide"


@given(st.text(max_size=40), st.text(min_size=1, max_size=40).filter(str.strip), st.text(max_size=40))
def test_any_quote_is_shown_and_acts_on_nothing(before: str, quote: str, after: str) -> None:
    """No text hides the quote or leaves a sign of ours in it."""
    found = shown_passage(before, quote, after)
    whole = found.before + found.quote + found.after
    assert found.quote
    assert not UNSAFE.search(whole)
    assert not {"\ufdd2", "\ufdd3"} & set(whole)


def test_a_cut_falls_between_lines_or_words() -> None:
    """A line is preferred to a word, and nothing is dropped where no blank is near."""
    assert first_cut("n two\nthree", 7) == 6
    assert first_cut("ne two three", 5) == 3
    assert last_cut("one\ntwo thr", 8) == 8
    assert last_cut("one two thr", 6) == 3
    assert first_cut("abcdef", 3) == last_cut("abcdef", 3) == 0
