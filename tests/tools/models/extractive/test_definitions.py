"""A definition is a sentence or an entry whose subject is the term that is asked for."""

from __future__ import annotations

from collections import Counter

import pytest

from tools.lexicon.terms import terms
from tools.models.extractive.definitions import asked_term, defines
from tools.models.extractive.inquiry import inquire


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is a jib?", "jib"),
        ("what does jib sheet mean", "jib sheet"),
        ("What is the jib in the context of racing?", "jib"),
        ("Define storm jib", "storm jib"),
        ("What is the meaning of storm jib here?", "storm jib"),
        ("How long is the jib?", ""),
    ],
)
def test_the_term_is_what_is_asked_for_without_where(question: str, term: str) -> None:
    """Articles, the question's own words and the place it is used in are left out."""
    assert asked_term(question) == frozenset(terms(term))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("A jib is a sail before the mast.", 1.0),
        ("**Jib**: a sail before the mast.", 1.0),
        ("Jib\n\nA sail before the mast.", 1.0),
        ("The jib is white.", 0.5),
        ("You can buy a jib.", 0.0),
        ("In summer everybody likes it: a jib is light.", 0.0),
    ],
)
def test_what_defines_has_the_term_alone_as_its_subject(text: str, sure: float) -> None:
    """A sentence on a longer name, or on something of the term, does not define it."""
    question = "What is a jib?"
    inquiry = inquire(question, Counter(terms(text)), 1)
    assert defines(text, asked_term(question), inquiry) == pytest.approx(sure)
