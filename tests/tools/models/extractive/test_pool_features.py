"""A candidate is compared with the others of its pool."""

from __future__ import annotations

from tests.tools.models.extractive.made import excerpt
from tools.models.extractive.assessment import assess
from tools.models.extractive.pool_features import NAMES, beside

TEXT = "The kiln of Anna burns wood. The shed is new. The kiln of Anna burns wood all night without any rest."


def test_the_first_and_shortest_with_the_words_is_ahead() -> None:
    """What says as much later or at more length follows."""
    assessed = assess("What does the kiln of Anna burn?", [excerpt(TEXT)])
    assert assessed is not None
    rows = [dict(zip(NAMES, row, strict=True)) for row in beside(assessed.inquiry, assessed.pool)]
    first, _, last = rows
    assert first["earliest"] == 1.0 > last["earliest"]
    assert first["best_matched"] == 1.0 > last["best_matched"]


def test_the_source_with_the_best_statements_comes_first() -> None:
    """By its best three together."""
    sources = [excerpt("The shed is new.", title="Shed"), excerpt(TEXT, title="Kiln")]
    assessed = assess("What does the kiln of Anna burn?", sources)
    assert assessed is not None
    orders = [
        (candidate.text, dict(zip(NAMES, row, strict=True))["document_order"])
        for candidate, row in zip(assessed.pool, beside(assessed.inquiry, assessed.pool), strict=True)
    ]
    assert all((order == 1.0) == ("Kiln" in text or text in TEXT) for text, order in orders[1:])
    assert orders[0][1] == 0.5
