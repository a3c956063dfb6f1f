"""The screen shows what the report says: verdicts, both sides of a dispute, every gap, in plain words."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from graph.records import Outcome, Status
from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.claim_badges import Badge, BadgeKind, badge
from ui.chat.report_view.disagreements import disagreements
from ui.chat.report_view.gaps import TITLES, gaps
from ui.chat.report_view.report_view import report_view

HOUSE = ("graph", "nodes", "guards", "tools")


def judged(verdict: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Make a claim with a verdict."""
    return {**examples.report()["claims"][0], "verdict": verdict, **more}


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            judged("supported", independent_sources=3),
            Badge(kind=BadgeKind.SEVERAL, words="supported by 3 independent sources"),
        ),
        (
            judged("supported", independent_sources=1),
            Badge(kind=BadgeKind.SINGLE, words="single source"),
        ),
        (judged("supported"), Badge(kind=BadgeKind.SINGLE, words="single source")),
        (
            judged("contradicted", independent_sources=3),
            Badge(kind=BadgeKind.CONTRADICTED, words="contradicted"),
        ),
        (judged("unverified"), Badge(kind=BadgeKind.UNVERIFIED, words="unverified")),
    ],
    ids=["several", "one", "uncounted", "contradicted", "unverified"],
)
def test_a_badge_says_how_well_a_claim_is_supported(claim: dict[str, Any], expected: Badge) -> None:
    """Each verdict has words of its own; a contradicted claim is never called supported."""
    assert badge(claim) == expected


def test_cited_sources_are_not_called_independent() -> None:
    """A report that did not count independent sources claims no independence."""
    report = examples.report()
    claim = {**report["claims"][0], "citations": [c["citations"][0] for c in report["claims"]]}
    assert badge(claim).words == "supported by 2 cited sources"


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


def test_every_gap_is_shown_once_in_an_order_for_readers() -> None:
    """Gaps are grouped under plain titles; a kind nobody gave a title comes last under its own name."""
    found = gaps(reports.disputed())
    assert [gap.title for gap in found] == [
        "Not answered by the sources",
        "Sources disagree",
        "Resting on one source",
        "Brand new",
    ]
    assert sum(len(gap.details) for gap in found) == len(reports.disputed()["unknowns"])


def test_every_kind_of_gap_the_house_names_has_a_title() -> None:
    """A kind that is added gets words for its readers."""
    found = set()
    for path in (path for place in HOUSE for path in Path(place).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unknown":
                found |= {k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
    kinds = {kind for kind in found if isinstance(kind, str) and " " not in kind}
    failures = {f"call_{outcome}" for outcome in (Outcome.FAILED, Outcome.DENIED, Outcome.SKIPPED)}
    assert len(kinds) > 10
    assert kinds | failures <= set(TITLES)


def test_the_view_is_json_and_names_its_run() -> None:
    """What the element gets can be stored, and read back as it was."""
    view = report_view(reports.disputed())
    assert json.loads(json.dumps(view)) == view
    assert view["run"] == reports.disputed()["run_id"]
    assert [part["question"] for part in view["parts"]] == ["How long may a call take?", "Who owns Xylotron?"]
    first = view["parts"][0]["sentences"][1]
    assert first == {
        "text": reports.OLDER,
        "claim": 2,
        "citations": [2],
        "standing": "contradicted",
        "words": "contradicted",
    }


def test_nothing_from_outside_acts_or_hides_in_the_view() -> None:
    """Direction marks and controls of sources, titles and gaps are shown as signs, on one line."""
    report = reports.disputed()
    report["sources"][0]["title"] = "evil\u202etitle\nnext"
    report["unknowns"][0]["detail"] = "a\x1b[31mb\u2066"
    report["question"] = "two\nlines\u202e"
    shown = json.dumps(report_view(report), ensure_ascii=False)
    assert not {"\u202e", "\u2066"} & set(shown)
    assert "\\u001b" not in shown
    assert "evil\ufffdtitle next" in shown


@pytest.mark.parametrize("status", [each for each in Status if each not in {Status.RUNNING, Status.WAITING}])
def test_every_status_is_explained(status: Status) -> None:
    """A badge alone explains nothing: each has its reason, and what to do where something is missing."""
    view = report_view({**examples.report(), "status": str(status)})
    assert view["status"] == status
    assert view["standing"].startswith("2 sources read.")
    needs = status not in {Status.ANSWERED, Status.REFUSED}
    assert (view["standing"] != "2 sources read.") is needs


def test_a_report_of_an_earlier_release_is_shown_in_the_words_of_today() -> None:
    """What was called complete without a claim is not answered, and nothing is made up as its reason."""
    view = report_view({**examples.earlier(), "claims": [], "answer": "The sources do not say."})
    assert (view["status"], view["look"]) == ("not answered", "open")
    assert report_view(examples.earlier())["status"] == "answered"
    assert report_view({**examples.earlier(), "status": "partial"})["status"] == "partly answered"


def test_money_and_time_are_said_on_one_line_each() -> None:
    """What a run cost, what was planned and how long it took can be read without a figure."""
    report = examples.report()
    report["cost"] |= {"usd": "0.0125", "estimate_usd": "0.50", "by_model": {"gemini": "0.0125"}}
    view = report_view(report)
    assert view["cost"] == "$0.0125 spent, planned for at most $0.50; 2 calls; gemini"
    assert view["time"].startswith("1.5 s, finished 2026-01-02 03:04:06")
