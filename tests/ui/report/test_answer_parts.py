"""The answer of a report comes apart into the sentences that its claims are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from graph.report.compose import _escaped
from guards.outside_text import plain
from tests.ui.chat.report_view import reports
from tests.ui.report import examples
from ui.chat.report_view.numbered_passages import numbers_of, passage, passages
from ui.report.answer_parts import AnswerPart, AnswerSentence, parts


def test_one_line_of_inquiry_has_no_heading() -> None:
    """Each line is the sentence of one claim, in order."""
    (part,) = parts(examples.report())
    assert part.question == ""
    assert [sentence.claim for sentence in part.sentences] == [1, 2, 3]
    assert [sentence.text for sentence in part.sentences] == [quote for _, quote in examples.QUOTES]


def test_several_lines_of_inquiry_keep_their_questions() -> None:
    """A question in bold begins a part; one without an answer is silent."""
    answered, open_ = parts(reports.disputed())
    assert answered.question == "How long may a call take?"
    assert [sentence.claim for sentence in answered.sentences] == [1, 2, 3]
    assert open_ == AnswerPart(
        question="Who owns Xylotron?", sentences=(AnswerSentence(text="The sources do not say."),)
    )
    assert open_.silent
    assert not answered.silent


def test_a_sentence_said_twice_is_two_claims() -> None:
    """Two parts that say the same show the claim of each, not the first one twice."""
    report = examples.report()
    twin = {**report["claims"][0], "id": "twin"}
    report["claims"] = [report["claims"][0], twin]
    report["answer"] = f"**A?**\n\n{twin['text']} [1]\n\n**B?**\n\n{twin['text']} [1]"
    assert [sentence.claim for part in parts(report) for sentence in part.sentences] == [1, 2]


def test_a_line_that_is_no_claim_is_kept_without_one() -> None:
    """A refusal, or an answer of another release, is shown as it is."""
    report = {**examples.report(), "claims": [], "answer": "Refused: too broad."}
    assert parts(report) == (AnswerPart(sentences=(AnswerSentence(text="Refused: too broad."),)),)


@given(st.text("ab[]()*\\<&1 2.", min_size=1, max_size=30).map(plain).filter(bool))
def test_escaped_words_are_found_again(words: str) -> None:
    """Whatever brackets and backslashes a claim has, its sentence is recognised and shown unescaped."""
    report = examples.report()
    report["claims"] = [{**report["claims"][0], "text": words}]
    report["answer"] = f"{_escaped(words)} [1]"
    (part,) = parts(report)
    if not part.question:
        assert part.sentences == (AnswerSentence(text=words, claim=1),)


def test_passages_are_numbered_by_first_use_and_know_their_claims() -> None:
    """A passage that two claims rest on has one number and names both."""
    report = examples.report()
    report["claims"][2]["citations"].append(report["claims"][0]["citations"][0])
    numbered = passages(report)
    assert [each.number for each in numbered] == [1, 2, 3]
    assert numbered[0].claims == (1, 3)
    assert numbers_of(report["claims"][2], numbered) == [3, 1]


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_number_without_a_passage_is_refused(number: int) -> None:
    """A forged number names nothing."""
    with pytest.raises(Refused, match=f"no citation {number}:"):
        passage(examples.report(), number)
