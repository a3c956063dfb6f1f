"""Names are found by their capitals and signs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tools.lexicon.proper_names import names


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@given(st.text(max_size=400) | st.text(alphabet="aB. \n-#|,;`\"'1é東", max_size=200))
def test_names_are_ordered_and_apart(text: str) -> None:
    """Whatever the text, names come in order and do not overlap."""
    end = 0
    for start, stop in names(text):
        assert end <= start < stop <= len(text)
        end = stop


def test_names_are_joined_and_first_words_need_proof() -> None:
    """Names join over of, the and van; a sentence's first word counts only when it is a name elsewhere."""
    text = (
        "Paris is old. They saw Paris. Later Boso the Elder met Ludwig van Beethoven's sister at "
        'St. Maurice\'s Abbey in May 1999. She sang "Changed It" over `graph.stores` and AC/DC. '
        "When did Lothair II die?"
    )
    assert cut(text, names(text)) == [
        "Paris",
        "Paris",
        "Later Boso the Elder",
        "Ludwig van Beethoven",
        "St. Maurice's Abbey",
        "Changed It",
        "graph.stores",
        "AC/DC",
        "Lothair II",
    ]


def test_quoted_speech_is_no_name() -> None:
    """Words in quotation marks are a title only when they are few and end without a stop."""
    assert names("she said “Yes,” and left") == []
