"""Citations are cut from the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unusable
from graph.records import Span, source_id
from graph.untrusted import Untrusted
from guards.claims.citations import cite
from guards.claims.report_claims import numbered
from tools.lexicon.sentences import sentences


@given(
    st.text(min_size=1)
    | st.text(st.sampled_from("0aA.!?…。\n\t \"')*_#\x1c\x85\u2028\xa0\u3000"), max_size=30)
)
def test_a_citation_holds_the_words_at_its_offsets(text: str) -> None:
    """The quote is the code points of a sentence, whatever the text, and it knows its bounds."""
    for start, end in sentences(text):
        citation = cite(Span(source="s", start=start, end=end), Untrusted(text))
        assert (citation.start, citation.end, citation.quote) == (start, end, Untrusted(text[start:end]))
        assert citation.sentence == (start, end)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Do not store tokens in the browser.", 7),
        ("Unless it is revoked, the key stays valid.", 22),
        ("Keys are valid. Never share them.", 22),
        ("- Do not store tokens", 9),
    ],
)
def test_a_quote_without_the_word_that_turns_it_is_unusable(text: str, start: int) -> None:
    """What stands behind a negation, condition or exception is no quote alone."""
    with pytest.raises(Unusable, match="cuts a sentence"):
        cite(Span(source="s", start=start, end=len(text)), Untrusted(text))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 6), (5, 6)])
def test_a_span_outside_its_text_is_unusable(start: int, end: int) -> None:
    """No quote is made up for a span that does not lie in the text."""
    with pytest.raises(Unusable, match="does not lie in its 5 characters"):
        cite(Span(source="s", start=start, end=end), Untrusted("words"))


def test_citations_are_numbered_by_first_use() -> None:
    """The same passage keeps its number when it is cited again."""
    text = Untrusted("one.\ntwo")
    one, two = (cite(Span(source=source_id("one.\ntwo"), start=a, end=b), text) for a, b in ((0, 4), (5, 8)))
    assert numbered([two, one, two]) == {two: 1, one: 2}
