"""The view of a report: its sentences, its status, its cost, in plain words."""

from __future__ import annotations

import json

import pytest

from graph.records import Status
from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.report_view import report_view
from ui.report.answer_standing import WORDS


def test_the_view_is_json_and_names_its_run() -> None:
    """What the element gets can be stored, and read back as it was."""
    view = report_view(reports.disputed())
    assert json.loads(json.dumps(view)) == view
    assert view["run"] == reports.disputed()["run_id"]
    assert [part["question"] for part in view["parts"]] == ["How long may a call take?", "Who owns Xylotron?"]
    first = view["parts"][0]["sentences"][1]
    assert first == {
        "text": reports.OLDER,
        "lines": [],
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
    assert view["status"] == WORDS[status]
    assert view["standing"].startswith("2 sources read.")
    needs = status not in {Status.ANSWERED, Status.REFUSED}
    assert (view["standing"] != "2 sources read.") is needs


def test_a_report_of_an_earlier_release_is_shown_in_the_words_of_today() -> None:
    """What was called complete without a claim is not answered, and nothing is made up as its reason."""
    view = report_view({**examples.earlier(), "claims": [], "answer": "The sources do not say."})
    assert (view["status"], view["look"]) == ("Not answered", "open")
    assert report_view(examples.earlier())["status"] == "Answered"
    assert report_view({**examples.earlier(), "status": "partial"})["status"] == "Partly answered"


def test_money_and_time_are_said_on_one_line_each() -> None:
    """What a run cost, what was planned and how long it took can be read without a figure."""
    report = examples.report()
    report["cost"] |= {"usd": "0.0125", "estimate_usd": "0.50", "by_model": {"gemini": "0.0125"}}
    view = report_view(report)
    assert view["cost"] == "spent $0.0125, planned for at most $0.50; 2 calls; gemini"
    assert view["time"].startswith("1.5 s, finished 2026-01-02 03:04:06")
