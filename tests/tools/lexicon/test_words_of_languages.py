"""Words are found in the form their language gives them, and the language is told."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.analysis_language import in_language
from tools.lexicon.function_words import FUNCTION_WORDS
from tools.lexicon.identification import language_among, language_apart, language_of
from tools.lexicon.terms import terms, tokens


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "die Lampen", "eine Lampe"),
        ("fr", "l’eau des chevaux", "eaux cheval"),
        ("es", "las lámparas blancas", "lámpara blanca"),
        ("it", "dell'isola", "isole"),
        ("ru", "маяки", "маяка"),
        ("ar", "المصابيح", "مصابيح"),
        ("hi", "लड़कियाँ", "लड़की"),
        ("ko", "등대는", "등대를"),
        ("ko", "문이 닫힌다", "문은 닫히나요"),
        ("zh", "灯塔是白色的", "白色灯塔"),
        ("ja", "灯台は光ります", "光る灯台"),
        ("th", "ประภาคาร", "ประภาคาร"),
        ("vi", "cầu", "các cầu"),
    ],
)
def test_forms_of_a_word_share_their_term(language: str, one: str, other: str) -> None:
    """Two forms of a word have a term in common."""
    assert set(terms(one, language)) & set(terms(other, language))


@pytest.mark.parametrize("language", sorted(FUNCTION_WORDS))
def test_function_words_are_no_terms(language: str) -> None:
    """A text of nothing but the function words of its language is found by nothing."""
    assert terms(" ".join(sorted(FUNCTION_WORDS[language])), language) == []


@pytest.mark.parametrize("word", ["दीपस्तंभ", "קָמָץ", "বাতিঘর", "மொழி", "é̃l", "مُدَرِّس"])
def test_marks_stay_in_their_word(word: str) -> None:
    """A mark that belongs to the letter before it does not cut a word in two."""
    assert [(token.start, token.end) for token in tokens(word)] == [(0, len(word))]


def test_scripts_without_blanks_are_found_by_pairs() -> None:
    """Any two neighbours in a Chinese, Thai or Burmese word are a term, a sign with its marks being one."""
    assert terms("防波堤", "zh") == ["防波", "波堤"]
    assert terms("ตู้น้ำ", "th") == ["ตู้น้ำ"]
    assert len(terms("မီးပြတိုက်", "my")) == len(tokens("မီးပြတိုက်")) - 1


def test_numbers_are_the_same_in_every_script() -> None:
    """Digits of any script are written as 0 to 9."""
    assert terms("١٢", "ar") == terms("१२", "hi") == terms("12") == ["12"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamp is lit by the keeper when it is dark.", "en"),
        ("Die Lampe wird vom Wärter bei Nacht angezündet.", "de"),
        ("La lampe est allumée par le gardien quand il fait nuit.", "fr"),
        ("La lámpara es encendida por el guarda cuando es de noche.", "es"),
        ("De lamp wordt door de wachter aangestoken als het donker is.", "nl"),
        ("Lampa jest zapalana przez latarnika, gdy jest ciemno.", "pl"),
        ("Лампу зажигает смотритель, когда становится темно.", "ru"),
        ("Лампу запалює доглядач, коли стає темно і тихо.", "uk"),
        ("يضيء الحارس المصباح عندما يحل الظلام.", "ar"),
        ("چراغ را نگهبان وقتی که شب می شود روشن می کند.", "fa"),
        ("灯台は夜に光る。", "ja"),
        ("灯塔在夜里发光。", "zh"),
        ("등대는 밤에 빛난다.", "ko"),
        ("Acme AX-200", ""),
        ("1 2 3", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    """Script and function words tell a language; a name or a number has none."""
    assert language_of(text) == language


def test_one_word_is_enough_among_few_languages() -> None:
    """A short question is told among the languages of the documents, and none is made up."""
    assert language_among("Wer kam?", ["en", "de"]) == "de"
    assert language_among("Marlin?", ["en", "de"]) == ""
    assert language_among("Кто это?", ["en", "de"]) == ""


@pytest.mark.parametrize(
    ("text", "languages", "told"),
    [
        ("When was the lamp lit?", ["de"], "en"),  # "was" is a German word too
        ("When was the lamp lit?", ["de", "en"], ""),
        ("Qui a réparé le pont ?", ["it"], ""),  # three of its words are Italian too
        ("灯塔多高？", ["en"], "zh"),
        ("AX-200", ["de"], ""),
    ],
)
def test_a_language_is_apart_only_where_it_plainly_is(text: str, languages: list[str], told: str) -> None:
    """A question that shares its small words with the documents' language is not called foreign."""
    assert language_apart(text, languages) == told


def test_a_language_holds_as_long_as_it_is_set() -> None:
    """Words are analysed in the language that is set, and in English before and after."""
    with in_language("de"):
        assert terms("die Lampen") == ["lamp"]
    assert terms("the lamps") == ["lamp"]
    assert terms("die Lampen", "de") == ["lamp"]


@given(st.text(max_size=60), st.sampled_from([*sorted(FUNCTION_WORDS), "th", "ko", "xx"]))
def test_no_text_makes_an_empty_term(text: str, language: str) -> None:
    """Whatever the text and language, a term is a word without blanks."""
    assert all(term and not any(map(str.isspace, term)) for term in terms(text, language))
