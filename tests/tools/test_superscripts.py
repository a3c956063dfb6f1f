from __future__ import annotations

import pytest

from tools.superscripts import subscript, superscript


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        ("6", "⁶"),
        ("-3", "⁻³"),
        ("−3", "⁻³"),  # noqa: RUF001 - a true minus sign
        ("n", "ⁿ"),
        ("1, 2", "¹, ²"),
        ("1/2", "^(1/2)"),
        ("0.5", "^0.5"),
        ("th", "th"),
        ("Mme", "Mme"),
        ("TM", "™"),
        ("a", "ᵃ"),
        ("*", "*"),
        ("[3]", "[3]"),
        (" 2 ", " ² "),
        ("", ""),
    ],
)
def test_raised_numbers_are_no_digits_of_the_line(raised: str, text: str) -> None:
    """A power is a superscript sign or stands behind ^; raised words and signs are as they are."""
    assert superscript(raised) == text


@pytest.mark.parametrize(
    ("lowered", "text"),
    [
        ("2", "₂"),
        ("2+", "₂₊"),
        ("i", "ᵢ"),
        ("max", "_max"),
        ("i,j", "_(i,j)"),
        ("b", "_b"),
        (",", ","),
        (" ", " "),
    ],
)
def test_lowered_numbers_are_no_digits_of_the_line(lowered: str, text: str) -> None:
    """An index is a subscript sign or stands behind _."""
    assert subscript(lowered) == text
