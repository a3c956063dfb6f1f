"""Passages under the numbers of the answer."""

from __future__ import annotations

import pytest

from graph.errors import Refused
from tests.ui.chat.report_view import reports
from ui.chat.report_view.numbered_passages import numbers_of, passage, passages, source_of


def test_a_passage_has_one_number_however_many_claims_cite_it() -> None:
    """Numbers follow the order of first use, and each passage knows its claims."""
    report = reports.disputed()
    report["claims"][2]["citations"] += report["claims"][0]["citations"]
    found = passages(report)
    assert [each.number for each in found] == [1, 2, 3]
    assert [each.claims for each in found] == [(1, 3), (2,), (3,)]
    assert numbers_of(report["claims"][2], found) == [3, 1]
    assert [source_of(report, each.source)["title"] for each in found] == ["new", "old", "alpha"]


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_that_no_passage_has_is_refused(number: int) -> None:
    """A forged button opens nothing."""
    with pytest.raises(Refused, match=f"no citation {number}"):
        passage(reports.disputed(), number)
