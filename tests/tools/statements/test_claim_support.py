from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tools.statements.claim_support import support

CLAIM = "The Lindow cable car carries 40 people to the summit in 12 minutes."


def test_a_claim_that_stands_there_is_held_whole() -> None:
    """The source's own sentence supports itself fully, and nothing supports more."""
    assert support(CLAIM, ["It rains often.", CLAIM]) == 1.0


def test_two_neighbouring_sentences_hold_a_claim_together() -> None:
    """What a source says in two sentences side by side supports more than either alone."""
    parts = ["The Lindow cable car carries 40 people.", "It reaches the summit in 12 minutes."]
    assert support(CLAIM, parts) > max(support(CLAIM, [part]) for part in parts)


def test_another_number_supports_less() -> None:
    """A sentence with another number holds less of the claim than one with the same."""
    other = CLAIM.replace("40", "60")
    assert support(CLAIM, [other]) < support(CLAIM, [CLAIM])


def test_words_of_the_topic_alone_support_little() -> None:
    """A sentence on the same topic that says something else scores below one that says it in other order."""
    topic = ["The cable car to the summit opened in 1964 and was repaired twice."]
    said = ["In 12 minutes, the cable car of Lindow carries 40 people up to the summit."]
    assert support(CLAIM, topic) < 0.5 < support(CLAIM, said)


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=4))
def test_support_is_a_share_of_any_text(claim: str, sentences: list[str]) -> None:
    """Whatever is compared, the score lies in 0..1."""
    assert 0.0 <= support(claim, sentences) <= 1.0
