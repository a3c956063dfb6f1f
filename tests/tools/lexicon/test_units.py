"""Words for units, money and dates come from the Unicode CLDR."""

from __future__ import annotations

from tools.lexicon.units import Dimension, calendar_words, unit_signs, unit_words


def test_units_are_known_in_all_their_numbers() -> None:
    """Czech counts two hours otherwise than five."""
    assert {"hodina", "hodiny", "hodin"} <= unit_words("cs", Dimension.TIME)
    assert {"mètre", "mètres"} <= unit_words("fr", Dimension.LENGTH)
    assert "米" in unit_words("zh", Dimension.LENGTH)
    assert "kilogramm" in unit_words("de", Dimension.MASS)


def test_money_is_known_by_name_sign_and_code() -> None:
    """A canteen prices in all three."""
    assert {"korona", "korony"} <= unit_words("pl", Dimension.MONEY)
    assert {"€", "EUR"} <= unit_signs("pl", Dimension.MONEY)


def test_no_name_of_a_unit_stands_where_a_language_lacks_it() -> None:
    """Babel gives back the name it was asked for."""
    for language in ("de", "th", "zh", "tr", "ar"):
        for dimension in Dimension:
            assert not any(
                "duration-" in word or "length-" in word for word in unit_words(language, dimension)
            )


def test_months_and_weekdays_are_known() -> None:
    """In both the forms that Czech has."""
    assert {"květen", "května", "pondělí"} <= calendar_words("cs")


def test_a_language_that_nobody_lists_has_no_words() -> None:
    """It is no error."""
    assert not unit_words("xx", Dimension.TIME)
    assert not unit_signs("xx", Dimension.MONEY)
    assert not calendar_words("xx")
