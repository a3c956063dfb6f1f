"""Words that an answer of a kind has."""

from __future__ import annotations

from tools.lexicon.answer_words import words_of


def test_a_kind_of_answer_has_its_words_in_each_language() -> None:
    """A reason begins with "weil" or "parce"."""
    assert "weil" in words_of("reason", "de")
    assert "parce" in words_of("reason", "fr")
    assert words_of("reason", "fi") == ()
    assert words_of("colour", "de") == ()
