from __future__ import annotations

from tools.models.roles.needed_claims import needed

SAID = "The pump stops after 90 seconds."
HOLDS = "After 90 seconds the pump stops by itself."
REPEATS = "The pump stops after 90 seconds without water."
BESIDE = "The pump was painted blue by its maker."


def test_a_quote_that_holds_nothing_of_a_sentence_is_not_cited() -> None:
    """A model that names a claim beside the point does not make it a citation."""
    assert needed(SAID, [BESIDE, HOLDS]) == (1,)


def test_a_quote_that_repeats_the_sentence_stays() -> None:
    """Two sources that say it are both cited."""
    assert needed(SAID, [HOLDS, REPEATS]) == (0, 1)


def test_quotes_that_hold_a_part_each_stay() -> None:
    """A sentence made of two quotes rests on both."""
    said = "The pump stops after 90 seconds, and the valve opens at 3 bar."
    assert needed(said, [HOLDS, "The valve opens at 3 bar."]) == (0, 1)


def test_the_best_quote_stays_where_none_holds_much() -> None:
    """A sentence keeps at least one citation, which the guard of wording then judges."""
    assert needed("Blue paint lasts for years.", [BESIDE, "It rains."]) == (0,)
