from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.net.markup_text import plain_text

POWER = (
    '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mn>3</mml:mn><mml:mo>&#215;</mml:mo>'
    "<mml:msup><mml:mn>10</mml:mn><mml:mn>4</mml:mn></mml:msup></mml:math>"
)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a <strong>half-open</strong> breaker", "a half-open breaker"),
        ("it&#x27;s &amp; &quot;so&quot; &lt;b&gt;", 'it\'s & "so" <b>'),
        ("<jats:title>Aim</jats:title><jats:p>To  test.</jats:p>", "Aim\n\n\n\nTo test."),
        ("one<br/>two", "one\n\ntwo"),
        ("p < 0.05 and n > 30", "p < 0.05 and n > 30"),
        ("x<sup>2</sup>", "x²"),
        ("3 × 10<jats:sup>4</jats:sup> of H<jats:sub>2</jats:sub>O", "3 × 10⁴ of H₂O"),  # noqa: RUF001
        ("10<sup>&#x2212;<i>3</i></sup> mol", "10⁻³ mol"),
        ("one day.<sup><a href='#1'>3</a></sup>", "one day.³"),
        ("a fee of <del>12</del> <ins>15</ins> euros", "a fee of 15 euros"),
        ("p<sub>a<b</sub> and <sup>", "p_(a<b) and"),
        (f"about {POWER} cells", "about 3×10⁴ cells"),  # noqa: RUF001
        (f"<tex-math>$10^4$</tex-math>{POWER}", "3×10⁴"),  # noqa: RUF001
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


@pytest.mark.parametrize(
    "sign", ["<", "<a", "</p", "&lt", "<p <p", " \n", "<sup>", "<s>", "<math>", "<del><sub>a"]
)
def test_a_fragment_made_to_stall_does_not(sign: str) -> None:
    """A megabyte of beginnings is read in time that grows with its length."""
    began = time.perf_counter()
    plain_text(sign * (1_000_000 // len(sign)))
    assert time.perf_counter() - began < 20
