from __future__ import annotations

from evals.bench.known_facts import known_facts


def test_every_format_that_says_them_gives_title_and_date() -> None:
    """What a document says of itself is found in each format that has a place for it."""
    titles, dates = known_facts()
    assert titles == dict.fromkeys(titles, True)
    assert dates == dict.fromkeys(titles, True)
