from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.statements.sentence_marks import unmarked


@pytest.mark.parametrize(
    "text",
    [
        "Krill swarm [2].",
        "Krill swarm (Koll, 2014).",
        "Section 4.2: Krill swarm.",
        "Krill swarm\N{SUPERSCRIPT ONE}.",
    ],
)
def test_marks_and_labels_are_no_part_of_a_statement(text: str) -> None:
    """Two sentences that differ in them alone say the same."""
    assert unmarked(text) == "Krill swarm."


def test_who_says_so_is_no_part_of_what_is_said() -> None:
    """An attribution before the statement is left out."""
    assert unmarked("According to Ada Koll, krill swarm.") == "krill swarm."


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail, and none grows."""
    assert len(unmarked(text)) <= len(text)
