from __future__ import annotations

from dataclasses import replace

from graph.records import Span
from tools.models.roles.role_claims import quoted_claim, worded_claim

SPAN = Span(source="s1", start=0, end=9)
FIRST, SECOND = quoted_claim("q", SPAN, 0.9), quoted_claim("q", replace(SPAN, source="s2"), 0.4)


def test_the_same_words_for_the_same_question_are_the_same_claim() -> None:
    """The id depends on the question and the place, not on how relevant it is."""
    assert quoted_claim("q", SPAN, 0.1).id == FIRST.id
    assert quoted_claim("other", SPAN, 0.9).id != FIRST.id != SECOND.id


def test_a_worded_claim_cites_all_that_it_rests_on() -> None:
    """It is as relevant as the least relevant of its basis, and cites each place once."""
    claim = worded_claim("Both say so.", [FIRST, SECOND, FIRST], unchecked=True)
    assert (claim.root, claim.relevance, claim.unchecked) == ("q", 0.4, True)
    assert claim.spans == (*FIRST.spans, *SECOND.spans)
    assert claim.text
    assert claim.text.reveal() == "Both say so."
