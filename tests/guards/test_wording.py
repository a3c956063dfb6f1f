"""A sentence is covered when its quotes hold its numbers, names, addresses, denials and most of its words."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guards.wording import is_wording_covered

QUOTE = (
    "Harbor opened its first office in Malmö on 3 March 1998 with twelve people. It does not ship to Peru."
    " An open breaker waits 15 seconds, not more."
)
WORDS = st.lists(
    st.sampled_from(["Harbor", "waits", "15", "not", "seconds.", "Tern", "never", "1,000", "two", "the"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    "sentence",
    [
        "Harbor opened its first office in Malmö in March 1998.",
        "In March 1998, Harbor's first office opened in Malmo with 12 people.",
        "Harbor does not ship to Peru.",
        "Harbor doesn't ship to Peru.",
        "The first office of Harbor opened on 3 March 1998.",
    ],
)
def test_other_words_for_the_same_are_covered(sentence: str) -> None:
    """Order, inflection, accents, contractions and the spelling of a number may change."""
    assert is_wording_covered(sentence, [QUOTE]).allowed


@pytest.mark.parametrize(("said", "quoted"), [("1000", "1,000"), ("2.5", "2.50"), ("3", "03"), ("0", "0.0")])
def test_a_number_is_its_value(said: str, quoted: str) -> None:
    """Grouping, leading and trailing zeros do not change a number; a digit does."""
    assert is_wording_covered(
        f"It costs {said} dollars.", [f"The cost: it costs {quoted} dollars a day."]
    ).allowed
    assert not is_wording_covered(f"It costs {said}1 dollars.", [f"It costs {quoted} dollars a day."]).allowed


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Harbor opened its first office in Malmö in March 1999.", "1999"),
        ("Harbor opened its first office in Malmö with thirteen people.", "thirteen"),
        ("Harbor opened its first office in Malmö in May 1998.", "May"),
        ("Harbor opened its first office in Bergen in March 1998.", "Bergen"),
        ("Gannet opened its first office in Malmö in March 1998.", "Gannet"),
        ("An open breaker waits 15 minutes.", "minutes"),
        ("Harbor opened its first office, see www.harbor.example", "www.harbor.example"),
        ("Harbor does ship to Peru.", "den"),
        ("Harbor did not open its first office in Malmö.", "den"),
        ("Harbor opened its first office because rents were low everywhere.", "too much"),
        (" ", "nothing"),
    ],
)
def test_what_the_quotes_do_not_hold_is_refused_with_the_reason(sentence: str, reason: str) -> None:
    """One wrong number, date, name, unit, address or negation is enough, and so is much news."""
    decided = is_wording_covered(sentence, [QUOTE])
    assert not decided.allowed
    assert reason in decided.reason


def test_a_sentence_may_join_two_quotes() -> None:
    """Each quote gives its part, a denial too; without its quote a part is not covered."""
    quotes = ["Marlin keeps entries for 24 hours.", "Marlin never keeps backups."]
    joined = "Marlin keeps entries for 24 hours and never keeps backups."
    assert is_wording_covered(joined, quotes).allowed
    assert not is_wording_covered(joined, quotes[:1]).allowed
    assert not is_wording_covered(joined, []).allowed


@given(WORDS | st.text(), st.text(), st.text())
def test_a_sentence_that_is_quoted_is_covered(sentence: str, before: str, after: str) -> None:
    """Whatever it says, a sentence that stands in its quote word for word passes."""
    assume(sentence.strip())
    assert is_wording_covered(sentence, [f"{before} {sentence} {after}"]).allowed


@given(WORDS, st.integers(21, 10**9))
def test_a_strange_number_is_never_covered(sentence: str, number: int) -> None:
    """A number that stands in no quote is refused wherever it is put in."""
    assume(number != 1_000)
    words = sentence.split()
    for at in range(len(words) + 1):
        changed = " ".join([*words[:at], str(number), *words[at:]])
        assert not is_wording_covered(changed, [sentence]).allowed


@given(WORDS)
def test_a_turned_sentence_is_never_covered(sentence: str) -> None:
    """A negation more than in the quote is refused."""
    quote = sentence.replace(".", "")
    assert not is_wording_covered(f"It is not true that {quote}", [quote]).allowed
