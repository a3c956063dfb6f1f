"""Citations are cut from the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Unusable
from graph.records import Span, source_id
from graph.untrusted import Untrusted
from guards.citations import cite, numbered


@given(st.text(min_size=1), st.data())
def test_a_citation_holds_the_words_at_its_offsets(text: str, data: st.DataObject) -> None:
    """The quote is the code points from start to end, whatever the text."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    citation = cite(Span(source="s", start=start, end=end), Untrusted(text))
    assert (citation.start, citation.end, citation.quote) == (start, end, Untrusted(text[start:end]))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 6), (5, 6)])
def test_a_span_outside_its_text_is_unusable(start: int, end: int) -> None:
    """No quote is made up for a span that does not lie in the text."""
    with pytest.raises(Unusable, match="does not lie in its 5 characters"):
        cite(Span(source="s", start=start, end=end), Untrusted("words"))


def test_citations_are_numbered_by_first_use() -> None:
    """The same passage keeps its number when it is cited again."""
    text = Untrusted("one two")
    one, two = (cite(Span(source=source_id("one two"), start=a, end=b), text) for a, b in ((0, 3), (4, 7)))
    assert numbered([two, one, two]) == {two: 1, one: 2}
