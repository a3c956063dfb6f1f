"""Question words tell what is asked for, in many languages."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest

from tools.lexicon.property_words import word_for
from tools.lexicon.question_words import asked_for, has_capitals, language_asking, listed
from tools.models.extractive.answer_types import AnswerType
from tools.models.extractive.shapes import Shape


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Wie tief ist der Brunnen?", "de", "depth"),
        ("Seit wann fährt die Bahn?", "de", "year"),
        ("Combien coûte le pain ?", "fr", "price"),
        ("Où est la gare ?", "fr", "place"),
        ("¿Cuántas personas caben?", "es", "people"),
        ("Perché il forno è chiuso?", "it", "reason"),
        ("Quem abriu a padaria?", "pt", "person"),
        ("Hoe laat sluit de winkel?", "nl", "moment"),
        ("Ile waży worek?", "pl", "weight"),
        ("Jak často jezdí vlak?", "cs", "frequency"),
        ("Fırın saat kaçta açılıyor?", "tr", "moment"),
        ("面包多少钱？", "zh", "price"),
        ("この橋は何年にできましたか？", "ja", "year"),
        ("빵집은 언제 여나요?", "ko", "moment"),
        ("कुआँ कितना गहरा है?", "hi", "depth"),
        ("ร้านอยู่ที่ไหน", "th", "place"),
        ("لماذا أغلق المخبز؟", "ar", "reason"),
    ],
)
def test_question_words_tell_what_is_asked_for(question: str, language: str, wanted: str) -> None:
    """One question of each language."""
    found = asked_for(question, language)
    assert found is not None
    assert found[0] == wanted


def test_the_first_question_word_counts_and_of_two_at_one_place_the_first_in_the_list() -> None:
    """A longer one says more: "wie viel kostet" has "wie viel" in it."""
    found = asked_for("Wie viel kostet es, und wann kommt es?", "de")
    assert found is not None
    assert (found[0], found[1].group()) == ("price", "Wie viel kostet")
    assert asked_for("Der Preis ist hoch.", "de") is None
    assert asked_for("Kuinka paljon?", "fi") is None


def test_a_part_of_a_word_is_no_question_word() -> None:
    """In "Woche" stands "wo", and a Hindi vowel sign belongs to the letter before it."""
    assert asked_for("Die Woche ist lang.", "de") is None
    assert asked_for("कबूतर उड़ता है।", "hi") is None


def test_question_words_of_one_language_alone_tell_it() -> None:
    """A question that says little else may still have them."""
    assert language_asking("Quante persone lavorano?") == "it"
    assert not language_asking("Velmora?")


def test_all_that_can_be_asked_for_is_a_property_or_a_type_or_form_of_answer() -> None:
    """A name that nothing knows would be lost."""
    known = {*AnswerType, *Shape, "year", "price", "people", "age", "frequency"}
    for language, lines in listed().items():
        for name, _ in lines:
            assert name in known or word_for(name, language), (language, name)


def test_names_are_told_by_capitals_where_a_script_has_them() -> None:
    """Chinese has none."""
    assert has_capitals("cs")
    assert not has_capitals("zh")
