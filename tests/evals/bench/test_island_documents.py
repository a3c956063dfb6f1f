"""The made facts are complete in every language."""

from __future__ import annotations

from evals.bench.island_documents import folders, languages


def test_every_language_has_every_fact_as_prose_and_as_a_table() -> None:
    """Eight facts and two near misses, twice."""
    for language in languages():
        notes, table = folders(language)
        for folder in (notes, table):
            assert [bool(question.must) for question in folder.questions] == [True] * 8 + [False] * 2
            assert sum(question.held_back for question in folder.questions) == 4
            for question in folder.questions:
                assert all(words in folder.document for words in question.must), question.text
        assert len(notes.units) == 24
        assert len(table.units) == 3


def test_no_near_miss_is_a_question_about_a_fact() -> None:
    """They ask what the documents leave open."""
    for language in languages():
        asked = [question for folder in folders(language) for question in folder.questions]
        facts = {question.text for question in asked if question.must}
        assert not facts & {question.text for question in asked if not question.must}
