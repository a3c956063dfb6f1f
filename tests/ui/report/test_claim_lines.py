from __future__ import annotations

from typing import Any

from tests.ui.report import examples
from ui.report.claim_lines import claim_lines, claim_text

LIST = "The colours:\n\n- **red**\n- blue"


def quoting(quote: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # any field of a claim
    """Return a claim that is its quote, on one line as a record holds it."""
    return {**examples.claim(1, quote, quote), "text": " ".join(quote.split()), **more}


def test_a_quoted_list_is_shown_as_a_list() -> None:
    """The record holds the claim on one line; its quote has the lines."""
    assert [line.words() for line in claim_lines(quoting(LIST))] == ["The colours:", "• red", "• blue"]
    assert claim_text(quoting(LIST)) == "The colours: • red • blue"


def test_words_of_a_model_are_shown_as_worded() -> None:
    """A claim that a model worded is not replaced by its quote."""
    assert claim_text(quoting(LIST, text="There are *two*.", wording="checked")) == "There are two."


def test_a_claim_that_is_not_its_quote_is_shown_as_it_says() -> None:
    """What is shown is what verifying compares."""
    assert claim_text(quoting(LIST, text="None at all.")) == "None at all."


def test_a_claim_of_markup_alone_is_not_hidden() -> None:
    """Something always stands where a claim is."""
    assert claim_text(quoting("***")) == "***"
