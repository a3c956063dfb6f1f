"""What is left of a page's menus is no candidate; prose, rows and short titles are."""

from __future__ import annotations

import pytest

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.page_debris import is_debris
from tools.models.extractive.pool import candidates

MENU = (
    "Home News Boats Harbours Tide Tables Login Register Basket 0 Items Search Atlas Contact Imprint Cookies"
    " Denmark Norway Sweden 2019 2020 2021 2022 Share Print"
)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry to Norway leaves from the second pier at noon, and is met in Sweden by a bus of the town.",
        "Boat: Havn; Length: 31 m; Width: 7 m; Built: 1931; Port: Aarhus; Owner: Lise Dahl; Crew: 4",
        "Tide Tables 2021",
        "ferry --port aarhus --pier 2 --lights on --radio 16 --crew 4 --flag dane --route north --log",
    ],
)
def test_what_says_something_is_no_debris(text: str) -> None:
    """A sentence, a row, a title and a command stay."""
    assert not is_debris(text)


def test_a_footer_with_labels_is_debris() -> None:
    """A label or two in a run of names do not make a row: its pairs are parted by semicolons."""
    footer = "Databases: National Denmark Norway Sweden Retrieved from Havn Categories: 1931 Boats Ships"
    assert is_debris(f"{footer} Danish Ferries Havn Aarhus Harbours Kattegat Hidden Pages")


def test_a_menu_is_no_claim() -> None:
    """The sentence beside it is."""
    texts = [one.text for one in candidates([excerpt(f"{MENU}\n\nThe harbour of Havn has two piers.")])]
    assert texts == ["The harbour of Havn has two piers."]
