"""Words for one property of a thing stand for each other."""

from __future__ import annotations

from tools.lexicon.property_words import names_property, same_property, word_for
from tools.lexicon.terms import stem, terms


def test_a_property_is_named_by_its_noun_its_adjective_or_its_unit() -> None:
    """A header says "Tiefe" where a question says "tief" and prose says "Meter"."""
    deep = same_property(stem("tief", "de"), "de")
    assert {stem("Tiefe", "de"), stem("Meter", "de")} <= deep | {stem("tief", "de")}
    assert stem("Preis", "de") not in deep
    assert names_property(stem("tief", "de"), "de")
    assert not names_property(stem("Brunnen", "de"), "de")


def test_words_without_blanks_are_compared_by_their_pairs() -> None:
    """Chinese text is searched by pairs of signs."""
    assert set(terms("居民", "zh")) <= same_property("人口", "zh")


def test_each_language_has_a_word_for_what_its_question_words_ask() -> None:
    """It takes their place in the question."""
    assert word_for("depth", "fr") == "profondeur"
    assert word_for("depth", "fi") == ""
    assert word_for("shoe size", "fr") == ""
