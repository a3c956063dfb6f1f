"""A question is weighed by what is rare, and a candidate is described by what it has and lacks."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.models.extractive.made import excerpt
from tools.lexicon.terms import stem
from tools.models.extractive.answer_types import AnswerType, expected, focus, holds
from tools.models.extractive.assessment import assess
from tools.models.extractive.features import NAMES
from tools.models.extractive.inquiry import inquire


def described(question: str, text: str) -> dict[str, float]:
    assessed = assess(question, [excerpt(text)])
    assert assessed is not None
    return dict(zip(NAMES, assessed.rows[0], strict=True))


def test_rare_terms_weigh_more_and_carried_ones_less() -> None:
    """Weights sum to one, follow rarity, and halve for words that were carried in as an antecedent."""
    frequencies = Counter({stem("breaker"): 90, stem("probe"): 2})
    rare = inquire("Which breaker sends a probe?", frequencies, 100)
    assert sum(rare.weights.values()) == pytest.approx(1.0)
    assert rare.weights[stem("probe")] > rare.weights[stem("breaker")]
    carried = inquire("How large is the window (breaker)?", Counter(), 10)
    assert carried.weights[stem("breaker")] == pytest.approx(carried.weights[stem("window")] / 2)


def test_gap_is_the_heaviest_term_that_is_lacking() -> None:
    """A statement that has every term has no gap; one that lacks what is asked for has its weight."""
    assert described("Which door does Marlin open?", "Marlin opens one door.")["gap"] == 0.0
    lacking = described("Which door does Marlin open?", "Marlin opens each morning.")
    assert lacking["gap"] == lacking["unfocused"] > 0.0


@pytest.mark.parametrize(
    ("question", "kind", "good", "bad"),
    [
        ("How long does it wait?", AnswerType.DURATION, "It waits 15 seconds.", "It waits for the probe."),
        ("How many copies are there?", AnswerType.NUMBER, "There are three copies.", "There are copies."),
        ("At what rate does it open?", AnswerType.NUMBER, "It opens at 25 per cent.", "It opens on errors."),
        ("When was it withdrawn?", AnswerType.DATE, "It was withdrawn in February.", "It was withdrawn."),
        (
            "Why is the wait doubled?",
            AnswerType.REASON,
            "It is doubled because it costs.",
            "It is doubled.",
        ),
        ("Who owns the policy?", AnswerType.PERSON, "The reliability team owns it.", "It is owned."),
        ("How much was spent?", AnswerType.MONEY, "It cost 12 dollars.", "It was dear."),
        ("What happens when it opens?", AnswerType.ANY, "Calls fail.", ""),
    ],
)
def test_answer_of_the_wrong_kind_is_told(question: str, kind: AnswerType, good: str, bad: str) -> None:
    """A question word says what kind of answer is wanted, and a text without one is told apart."""
    assert expected(question) is kind
    assert holds(kind, good, question)
    assert kind is AnswerType.ANY or not holds(kind, bad, question)


def test_focus_is_the_noun_that_is_asked_for() -> None:
    """What follows the question word is the focus; a measure is none, as its value stands for it."""
    assert focus("Which embedding model does it use?") == {stem("embedding"), stem("model")}
    assert focus("At what speed does it run?") == frozenset()
    assert focus("Why does it stop?") == frozenset()


@given(st.text(max_size=100), st.text(max_size=300))
def test_every_feature_lies_between_0_and_1(question: str, text: str) -> None:
    """No text drives a feature out of its range, so that no single one can carry a claim."""
    assessed = assess(question, [excerpt(text)])
    for row in assessed.rows if assessed else ():
        assert len(row) == len(NAMES)
        assert all(-1e-9 <= value <= 1 + 1e-9 for value in row)
