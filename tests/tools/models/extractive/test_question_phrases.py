"""A phrase that asks for an amount is taken off the question."""

from __future__ import annotations

from tools.models.extractive.question_phrases import without_phrase


def test_a_phrase_that_asks_for_an_amount_goes_unless_nothing_else_is_asked() -> None:
    """What only says which answer is wanted need not stand in the answer."""
    assert without_phrase("Wie hoch ist der Turm?", "de").split() == ["ist", "der", "Turm?"]
    assert without_phrase("Wie lange?", "de") == "Wie lange?"
    assert without_phrase("Unwie lange", "de") == "Unwie lange"
