"""The cell of a row that answers stands under the header that is asked for."""

from __future__ import annotations

from collections import Counter

import pytest

from tools.lexicon.analysis_language import in_language
from tools.lexicon.terms import terms
from tools.models.extractive.inquiry import inquire
from tools.models.extractive.row_cells import answering, cells

ROW = "Brunnen: Altmarkt; Tiefe (m): 18; Gebaut: 1712; Pflege: Jana Kolb; Einwohner daneben: 90"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Wie tief ist der Brunnen Altmarkt?", "18"),
        ("Wann wurde der Brunnen Altmarkt gebaut?", "1712"),
        ("Wer übernimmt die Pflege am Brunnen Altmarkt?", "Jana Kolb"),
        ("Wie viele Menschen leben am Altmarkt?", "90"),
        ("Wie lange dauert die Pflege am Altmarkt?", None),
        ("Wer hat die Tiefe am Altmarkt gemessen?", None),
    ],
)
def test_a_cell_answers_by_its_header_and_the_kind_of_its_value(question: str, value: str | None) -> None:
    """A year under another header is no depth, and no name stands under a depth."""
    with in_language("de"):
        inquiry = inquire(question, Counter(terms(ROW)), 4)
        cell = answering(inquiry, cells(ROW))
    assert (cell.value if cell else None) == value


def test_a_sentence_is_no_row() -> None:
    """One colon makes no table."""
    assert cells("Note: the well is closed; see the sign") == ()
    assert cells("The well is closed") == ()
