"""The language of a text is told by its script and its smallest words."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest

from tools.lexicon.identification import language_among, language_apart, language_of


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
