"""The suite of languages asks the product itself, and counts by the first claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.bench.island_documents import folders
from evals.suites.languages import asked


@pytest.mark.anyio
async def test_a_question_in_french_is_answered_by_the_sentence_of_the_island_asked_for(
    tmp_path: Path,
) -> None:
    """The whole product reads the made document."""
    notes = next(folders("fr"))
    answers = await asked(replace(notes, questions=notes.questions[1:2]), tmp_path)
    assert [answer.first for answer in answers] == [True]
    assert "Per Sandal" in answers[0].claims[0]


@pytest.mark.anyio
async def test_a_document_without_the_fact_answers_nothing(tmp_path: Path) -> None:
    """Another island's value is no answer."""
    notes = next(folders("de"))
    other = notes.document.split("\n\n")[0]
    answers = await asked(replace(notes, document=other, questions=notes.questions[1:2]), tmp_path)
    assert [answer.first for answer in answers] == [False]
