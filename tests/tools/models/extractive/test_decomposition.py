"""Compound questions are split, simple ones are not, and no part loses what it speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.terms import terms
from tools.models.extractive.decomposition import decompose
from tools.models.extractive.queries import queries

SIMPLE = (
    "How does Sandpiper depend on Marlin?",
    "When and how does a breaker open?",
    "What counts as a failure and what does not?",
    "What happens when a breaker opens?",
    "Why does Lapwing close idle connections after 55 seconds and not later?",
    "Who is the person who left the firm in May and who later sued it?",
    "Who is the founder accused of fraud, and is said to have fled?",
    "An operator forced a breaker open by hand. When does that end by itself?",
    "Who decides when and how is the invoice paid?",
    "breaker policy",
    "How do Marlin and Plover differ in eviction?",
    "???",
)
COMPOUND = (
    (
        "What is a circuit breaker, and how long does it stay open?",
        ("What is a circuit breaker?", "How long does it stay open (circuit breaker)?"),
    ),
    (
        "Where does Sandpiper keep its keys, and how long does it keep them?",
        ("Where does Sandpiper keep its keys?", "How long does it keep them (Sandpiper, keys)?"),
    ),
    (
        "What is a bulkhead? How does it help?\nWho owns Knot?",
        ("What is a bulkhead?", "How does it help (bulkhead)?", "Who owns Knot?"),
    ),
    (
        "1) What is a bulkhead? 2) Who owns Knot?",
        ("What is a bulkhead?", "Who owns Knot?"),
    ),
    (
        "How long is a token valid, and for how long may a permission be granted?",
        ("How long is a token valid?", "For how long may a permission be granted?"),
    ),
    (
        "Does the Herald say the bridge is safe, while the Courier says that it is closed?",
        (
            "Does the Herald say the bridge is safe?",
            "Do the sources say: the Courier says that it is closed?",
        ),
    ),
    (
        "Between the report from the Herald in May and the report from the Courier in June, was it news?",
        (
            "In the report from the Herald in May, was it news?",
            "In the report from the Courier in June, was it news?",
        ),
    ),
)


@pytest.mark.parametrize("question", SIMPLE)
def test_simple_question_stays_whole(question: str) -> None:
    """A question that asks one thing is left word for word."""
    assert decompose(question) == (question,)


@pytest.mark.parametrize(("question", "parts"), COMPOUND)
def test_compound_question_is_split(question: str, parts: tuple[str, ...]) -> None:
    """Each thing asked becomes a question that carries the words it points back to."""
    assert decompose(question) == parts


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Marlin vs Plover eviction", ("What about Marlin eviction?", "What about Plover eviction?")),
        (
            "How do Marlin and Plover differ in eviction?",
            ("What about Marlin in eviction?", "What about Plover in eviction?"),
        ),
        (
            "Compare the burst limits of the free plan and the standard plan",
            (
                "What about the burst limits of the free plan?",
                "What about the burst limits of the standard plan?",
            ),
        ),
    ],
)
def test_comparison_is_searched_whole_and_by_its_sides(question: str, sides: tuple[str, ...]) -> None:
    """Both sides are looked for, and the question stays one, so that one sentence may answer it."""
    assert queries(question) == (question, *sides)


@pytest.mark.parametrize(
    ("question", "antecedent"),
    [
        ("What is Heron, and who runs it?", "Heron"),
        ("Where is the audit log kept, and how often?", "audit log"),
        ("How does Tern count calls? Does it forget them?", "Tern"),
    ],
)
def test_pronoun_and_ellipsis_carry_their_antecedent(question: str, antecedent: str) -> None:
    """A part with a pronoun or too few words of its own names what it is about."""
    assert set(terms(antecedent)) <= set(terms(decompose(question)[-1]))


@given(st.text(max_size=300))
def test_any_text_is_decomposed(question: str) -> None:
    """No text breaks the splitting, and it always leaves something to ask."""
    assert decompose(question)


@given(
    st.lists(
        st.sampled_from(
            [
                "what is",
                "how",
                "Tern",
                ",",
                "and",
                "?",
                "it",
                "vs",
                "keep",
                "between",
                "the",
                "while",
                "does",
                "\n",
                ";",
            ]
        ),
        max_size=40,
    )
)
def test_splitting_invents_no_topic(words: list[str]) -> None:
    """Every topic word of a part stands in the question or in one of our own phrases."""
    question = " ".join(words)
    own = set(terms("what about in do the sources say"))
    assert set(terms(" ".join(decompose(question)))) <= set(terms(question)) | own
