"""A phrase that asks for an amount is taken off the question."""

from __future__ import annotations

from tools.models.extractive.question_phrases import without_phrase


def test_a_phrase_that_asks_for_an_amount_goes_unless_nothing_else_is_asked() -> None:
    """The name of a property takes its place, since the header of a table has it."""
    assert without_phrase("Wie hoch ist der Turm?", "de").split() == ["Höhe", "ist", "der", "Turm?"]
    assert without_phrase("Hur ofta går bussen?", "sv").split()[0] == "går"
    assert without_phrase("Wie viel?", "de") == "Wie viel?"
    assert without_phrase("Unwie lange", "de") == "Unwie lange"
