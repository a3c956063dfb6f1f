"""Numbers that are written as words."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import re

import pytest

from tools.lexicon.spelt_numbers import number, spelt_number


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("dreiundzwanzig Eier", "de", ["dreiundzwanzig"]),
        ("quarante-huit pains", "fr", ["quarante-huit"]),
        ("trentotto pani", "it", ["trentotto"]),
        ("zesenveertig broden", "nl", ["zesenveertig"]),
        ("kırk iki ekmek", "tr", ["kırk", "iki"]),
        ("二十四个", "zh", ["二十四"]),
        ("ยี่สิบสี่", "th", ["ยี่สิบสี่"]),
        ("पैंतालीस रोटियाँ", "hi", ["पैंतालीस"]),
        ("خمسة وعشرين رغيفا", "ar", ["خمسة", "وعشرين"]),
    ],
)
def test_spelt_numbers_are_found(text: str, language: str, told: list[str]) -> None:
    """A compound is one number."""
    assert re.findall(spelt_number(language), text) == told


@pytest.mark.parametrize(("text", "language"), [("Zweig und Achtung", "de"), ("ห้ามเข้า", "th"), ("und", "de")])
def test_words_that_begin_like_a_number_are_none(text: str, language: str) -> None:
    """No eight is in "Achtung"."""
    assert not re.search(spelt_number(language), text)


def test_figures_of_any_script_are_numbers_in_every_language() -> None:
    """Where no words are listed, figures are."""
    assert re.findall(number("fi"), "٤٢ ja 1.500") == ["٤٢", "1.500"]
    assert re.search(spelt_number("fi"), "kaksi") is None
