"""Both sides of a dispute are listed."""

from __future__ import annotations

from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.disagreements import disagreements


def test_both_sides_of_a_disagreement_are_shown() -> None:
    """Only one claim names the other; each is shown against the other, with its source and date."""
    new, old = disagreements(reports.disputed())
    assert (new.claim, new.against, new.sources) == (1, (2,), ("new",))
    assert (old.claim, old.against, old.published) == (2, (1,), ("1999-05",))


def test_each_side_of_a_disagreement_shows_its_credibility() -> None:
    """A side that has a score shows it beside its source; one without a score shows nothing."""
    report = reports.disputed()
    report["sources"][0]["credibility"] = {"score": 75, "grade": "high", "reasons": []}
    report["sources"][1]["credibility"] = {"score": None, "grade": "not rated", "reasons": []}
    new, old = disagreements(report)
    assert (new.credibility, old.credibility) == (("high, 75 of 100",), ("",))


def test_a_contradicted_claim_whose_other_side_is_not_quoted_is_shown_too() -> None:
    """What the report calls contradicted is never left out of the table."""
    report = examples.report()
    report["claims"][1]["verdict"] = "contradicted"
    (side,) = disagreements(report)
    assert (side.claim, side.against) == (2, ())


def test_a_report_without_conflict_has_no_table() -> None:
    """Nothing is in dispute that no verdict names."""
    assert disagreements(examples.report()) == ()
