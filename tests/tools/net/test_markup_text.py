from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.net.markup_text import plain_text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a <strong>half-open</strong> breaker", "a half-open breaker"),
        ("it&#x27;s &amp; &quot;so&quot; &lt;b&gt;", 'it\'s & "so" <b>'),
        ("<jats:title>Aim</jats:title><jats:p>To  test.</jats:p>", "Aim\n\n\n\nTo test."),
        ("one<br/>two", "one\n\ntwo"),
        ("p < 0.05 and n > 30", "p < 0.05 and n > 30"),
        ("x<sup>2</sup>", "x2"),
        ("<!-- note --><?xml v?>kept", "kept"),
        ("a\xa0b\t\tc", "a b c"),
        ('<a href="javascript:alert(1)">go</a>', "go"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<unclosed", "<unclosed"),
        ("", ""),
    ],
)
def test_words_are_what_a_person_would_read(fragment: str, text: str) -> None:
    """Tags go, blocks stand apart, entities are decoded once, and signs of comparison stay."""
    assert plain_text(fragment) == text


@given(st.text(alphabet=st.characters(exclude_characters="<&")))
def test_a_text_without_markup_keeps_its_words(text: str) -> None:
    """Only blanks may change where there is no tag and no entity."""
    assert plain_text(text).split() == text.split()


@pytest.mark.parametrize("sign", ["<", "<a", "</p", "&lt", "<p <p", " \n"])
def test_a_fragment_made_to_stall_does_not(sign: str) -> None:
    """A megabyte of beginnings is read in time that grows with its length."""
    began = time.perf_counter()
    plain_text(sign * (1_000_000 // len(sign)))
    assert time.perf_counter() - began < 20
