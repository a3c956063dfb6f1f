"""Pairs of signs that always stand together weigh as one word."""

from __future__ import annotations

from tools.models.extractive.joined_pairs import word_shares


def test_pairs_of_one_name_share_one_word() -> None:
    """A name of five signs must not weigh four times what a word of two does."""
    order = ("贝尔", "尔格", "格拉", "面包")
    shares = word_shares(order, {"贝尔": 3, "尔格": 3, "格拉": 3, "面包": 3})
    assert shares == {"贝尔": 1 / 3, "尔格": 1 / 3, "格拉": 1 / 3, "面包": 1.0}


def test_pairs_that_also_stand_apart_are_words_of_their_own() -> None:
    """What stands in more places is another word."""
    assert word_shares(("面包", "包店"), {"面包": 5, "包店": 2}) == {"面包": 1.0, "包店": 1.0}


def test_words_with_blanks_are_never_joined() -> None:
    """Two words may begin and end alike."""
    assert word_shares(("bread", "dread"), {}) == {"bread": 1.0, "dread": 1.0}
