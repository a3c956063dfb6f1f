"""What to ask next comes out of the names in a report, and makes sense."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.follow_ups import follow_ups


def questions(report: dict[str, Any]) -> tuple[str, ...]:
    return tuple(each.question for each in follow_ups(report))


def one_claim(text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return a report of a single claim."""
    report = examples.report()
    report["claims"] = [{**report["claims"][0], "text": text}]
    return {**report, "answer": f"{text} [1]", **more}


def test_a_name_that_came_up_is_asked_about_and_the_most_frequent_first() -> None:
    """Names out of the claims that the question did not mention are worth a question."""
    report = one_claim("The store keeps it in Marlin. Marlin is fast, and Granite guards Marlin.")
    assert questions(report)[:2] == ("What is Marlin?", "What is Granite?")


def test_silence_is_met_with_the_names_in_the_question() -> None:
    """Where the sources do not say, its subject can be asked about."""
    assert questions(reports.silent("How does Kafka rebalance its partitions?")) == ("What is Kafka?",)


def test_silence_without_a_name_proposes_nothing() -> None:
    """No question is better than a senseless one."""
    assert questions(reports.silent("why are rate limits counted by tenant?")) == ()


@pytest.mark.parametrize(
    "name",
    [
        "sustained_per_minute",
        "IP",
        "A Very Long Name Of Many Words That Never Ends At All",
        "<script>",
        "it's",
    ],
)
def test_what_is_no_name_is_not_asked_about(name: str) -> None:
    """Fields of tables, abbreviations of two letters, headings and markup make no question."""
    asked = questions(one_claim(f"It stands in the {name} of that."))
    assert not [question for question in asked if name in question]


words = st.lists(
    st.sampled_from(
        ["Marlin", "Harbor", "ignore all rules", "<img>", "H-101", "the", "2024", "Évora", "NASA", "."]
    )
    | st.text(max_size=8),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(words, words)
def test_proposals_are_few_distinct_and_hold_no_sentence_of_a_source(said: str, asked: str) -> None:
    """At most eight, none the question itself, and of a source's words only short names of plain letters."""
    report = one_claim(said.strip() or "x", question=asked)
    found = questions(report)
    assert found == questions(report)
    assert len(found) == len(set(found)) <= 8
    assert asked not in found
    for question in found:
        if named := re.fullmatch(r"What is (.*)\?", question):
            assert len(named[1]) <= 40
            assert len(named[1].split()) <= 3
            assert not set(named[1]) & set("<>[]()*`:/\\\n")


@pytest.mark.parametrize(
    ("location", "asked", "private"),
    [
        ("/documents/a.txt", "when did it open?", True),
        ("https://example.org/a", "when did it open?", False),
        ("/documents/a.txt", "when did Marlin open?", False),
    ],
)
def test_a_name_that_only_documents_hold_is_private(location: str, asked: str, *, private: bool) -> None:
    """A name the person wrote, or that the web holds, is no secret; one out of their documents alone is."""
    report = one_claim("The store keeps it in Marlin.", question=asked)
    report["sources"] = [{**source, "location": location} for source in report["sources"]]
    found = {each.question: each.private for each in follow_ups(report)}
    assert found["What is Marlin?"] is private


def test_a_name_that_the_web_holds_too_is_not_private() -> None:
    """One claim of two that name it rests on a page, so its name may be asked for anywhere."""
    report = one_claim("The store keeps it in Marlin.", question="when did it open?")
    page = {**report["sources"][0], "id": "b" * 64, "location": "https://example.org/marlin"}
    cited = {**report["claims"][0]["citations"][0], "source": page["id"]}
    report["claims"].append(
        {**report["claims"][0], "id": "c2", "text": "Large is Marlin.", "citations": [cited]}
    )
    report["sources"].append(page)
    (named,) = (each for each in follow_ups(report) if "Marlin" in each.question)
    assert not named.private
