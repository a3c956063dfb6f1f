"""Values are told by their units, in many languages."""

# ruff: noqa: RUF001 - letters of other scripts are meant

from __future__ import annotations

import pytest

from tools.lexicon.value_patterns import value_pattern


@pytest.mark.parametrize(
    ("kind", "language", "text", "told"),
    [
        ("duration", "de", "Der Teig ruht vier Stunden.", "vier Stunden"),
        ("duration", "de", "Backzeit (Minuten): 50", "(Minuten): 50"),
        ("duration", "fr", "Le four chauffe chaque heure.", "chaque heure"),
        ("duration", "pl", "Ciasto rośnie 3 godziny.", "3 godziny"),
        ("length", "tr", "Masa 3 metredir.", "3 metredir"),
        ("length", "zh", "桌子长三米。", "三米"),
        ("weight", "ko", "반죽은 8킬로그램이다.", "8킬로그램이다"),
        ("money", "it", "Il pane costa tre euro.", "tre euro"),
        ("money", "th", "ขนมปังราคา 30 บาท", "30 บาท"),
        ("date", "cs", "Pekárna vznikla v květnu.", "květnu"),
        ("date", "ar", "فتح المخبز عام 1932.", "1932"),
        ("place", "tr", "Fırın çarşıdadır, köyde değil.", "de"),
        ("reason", "nl", "De oven is uit omdat het zondag is.", "omdat"),
        ("person", "es", "La panadería es de una empresa.", "empresa"),
    ],
)
def test_a_value_is_told_by_its_unit_or_its_words(kind: str, language: str, text: str, told: str) -> None:
    """One value of each kind."""
    pattern = value_pattern(kind, language)
    assert pattern is not None
    found = pattern.search(text)
    assert found is not None
    assert found.group() == told


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [
        ("length", "de", "Die Bäckerei wurde 1887 eröffnet."),
        ("duration", "fr", "Les heureux boulangers sont deux."),
        ("money", "cs", "Pekárna má 12 stolů."),
        ("weight", "zh", "面包店有八张桌子。"),
    ],
)
def test_a_number_of_another_kind_is_no_such_value(kind: str, language: str, text: str) -> None:
    """A year is no depth."""
    pattern = value_pattern(kind, language)
    assert pattern is not None
    assert pattern.search(text) is None


def test_a_kind_that_has_no_pattern_has_none() -> None:
    """Anything may be a definition."""
    assert value_pattern("definition", "de") is None
