"""What to ask next comes out of what a report leaves open, and makes sense."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.citations import examples
from tests.reading import reports
from ui.chat.reading.follow_ups import MOST, follow_ups


def one_claim(text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field
    """Return a report of a single claim."""
    report = examples.report()
    report["claims"] = [{**report["claims"][0], "text": text}]
    return {**report, "answer": f"{text} [1]", **more}


def test_an_open_line_of_inquiry_comes_first_then_the_dispute() -> None:
    """A question the sources left open is asked alone, then how the disputed thing changed."""
    assert follow_ups(reports.disputed())[:2] == (
        "Who owns Xylotron?",
        "What has changed over time here: How long may a call take?",
    )


def test_a_name_that_came_up_is_asked_about_and_the_most_frequent_first() -> None:
    """Names out of the claims that the question did not mention are worth a question."""
    report = one_claim("The store keeps it in Marlin. Marlin is fast, and Granite guards Marlin.")
    assert follow_ups(report)[:2] == (
        "What do the sources say about Marlin?",
        "What do the sources say about Granite?",
    )


def test_silence_is_met_with_the_names_in_the_question() -> None:
    """Where the sources do not say, what they say about its subject can be asked."""
    report = reports.silent("How does Kafka rebalance its partitions?")
    assert follow_ups(report) == ("What do the sources say about Kafka?",)


def test_silence_without_a_name_proposes_nothing() -> None:
    """No question is better than a senseless one."""
    assert follow_ups(reports.silent("why are rate limits counted by tenant?")) == ()


def test_one_source_alone_asks_for_a_second() -> None:
    """An answer that hangs on one source asks for another."""
    report = one_claim("it opened in spring.", question="when did it open?")
    assert follow_ups(report) == ("Is there a second source for this: when did it open?",)


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
    asked = follow_ups(one_claim(f"It stands in the {name} of that."))
    assert not [question for question in asked if name in question]


@pytest.mark.parametrize(
    "first", ["What has changed over time here: ", "Is there a second source for this: "]
)
def test_following_up_a_follow_up_does_not_nest(first: str) -> None:
    """The same opening is not put before itself."""
    report = {**reports.disputed(), "question": f"{first}how long?"}
    report["answer"] = f"{reports.NEWER} [1]\n{reports.OLDER} [2]"
    assert not [question for question in follow_ups(report) if question.count(": ") > 1]


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
    """At most four, none the question itself, and of a source's words only short names of plain letters."""
    report = one_claim(said.strip() or "x", question=asked)
    found = follow_ups(report)
    assert found == follow_ups(report)
    assert len(found) == len(set(found)) <= MOST
    assert asked not in found
    for question in found:
        if named := re.fullmatch(r"What do the sources say about (.*)\?", question):
            assert len(named[1]) <= 40
            assert len(named[1].split()) <= 3
            assert not set(named[1]) & set("<>[]()*`:/\\\n")
