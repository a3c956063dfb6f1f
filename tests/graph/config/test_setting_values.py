from __future__ import annotations

import pytest

from graph.config.setting_values import chosen, counted, language_named, listed, role_named, whole
from graph.errors import Misconfigured
from graph.options import Role


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12", 12), ("-1", None), ("1.5", None), ("", None), ("²", None), ("9" * 19, None)],
)
def test_a_whole_number_has_no_sign_and_64_bits(text: str, number: int | None) -> None:
    """Anything else is no number, and is not read for ages."""
    assert whole(text) == number


def test_a_list_holds_each_entry_once() -> None:
    """Blanks and empty entries do not count."""
    assert listed(" a, b,,a ") == ("a", "b")


def test_values_are_read_or_refused_by_the_name_of_their_setting() -> None:
    """An operator learns which setting to mend."""
    assert (counted("3", "X"), role_named("viewer", "X"), chosen("yes", "X"), language_named("", "X")) == (
        3,
        Role.VIEWER,
        True,
        "",
    )
    for read, wrong in ((counted, "0"), (role_named, "king"), (chosen, "maybe"), (language_named, "English")):
        with pytest.raises(Misconfigured, match=r"^X is "):
            read(wrong, "X")
