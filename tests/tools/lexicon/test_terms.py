"""Words are found in the form their language gives them, with exact offsets."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.analysis_language import in_language
from tools.lexicon.function_words import FUNCTION_WORDS
from tools.lexicon.terms import is_stop, stem, terms, tokens

TEXT = st.text(max_size=400) | st.text(alphabet="aB. \n\t-#|,;`\"'“”1é東", max_size=200)


@given(TEXT)
def test_every_token_stands_where_it_says(text: str) -> None:
    """A token's offsets lead back to a word whose stem it is, in order and apart."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert stem(text[token.start : token.end]) == token.stem
        assert token.stem
        assert not any(map(str.isspace, token.stem))
        end = token.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TGF-β's naïve mother's", ["tgf", "beta", "naiv", "mother"]),
        ("1,200.50 and 3.5 of snake_case", ["1200.50", "3.5", "snake", "case"]),
        ("WHO is who", ["who"]),
        ("they don't", []),
        ("東京", ["東京"]),
        ("Bråk in Straße", ["brak", "strass"]),
    ],
)
def test_terms_fold_and_stem_what_carries_a_topic(text: str, expected: list[str]) -> None:
    """Terms are folded and stemmed, numbers whole, compounds in parts, stop words gone, acronyms kept."""
    assert terms(text) == expected


def test_an_acronym_is_no_stop_word() -> None:
    """A stop word written in capitals carries a topic; a single capital does not."""
    assert is_stop("it")
    assert is_stop("A")
    assert not is_stop("IT")


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
