from __future__ import annotations

from graph.outline import context, within
from graph.reading import Excerpt
from graph.records import Passage, Span
from graph.untrusted import Untrusted
from tools.documents.formats.table import parse
from tools.lexicon.terms import terms
from tools.models.extractive.pool import candidates
from tools.models.extractive.surroundings import Surroundings

TEXT = """# Stations

## Alba

The platform is 100 metres long.

## Bera

The platform is 170 metres long.

Read also: Which platform is the longest?

Trains by kind:

- slow ones
"""


def excerpt() -> Excerpt:
    parsed = parse(".md", TEXT.encode())
    span = Span(source="s", start=parsed.text.index("## Bera"), end=len(parsed.text))
    return Excerpt(
        passage=Passage(span=span, score=1.0),
        text=Untrusted(parsed.text[span.start :]),
        title=Untrusted("Stations"),
        published=None,
        context=context(parsed.outline, span.start),
        outline=within(parsed.outline, span.start, span.end),
    )


def test_a_statement_is_chosen_by_the_heading_above_it() -> None:
    """The words of its own heading and lead-in belong to a statement, those of other sections do not."""
    found = {candidate.text: candidate.context for candidate in candidates([excerpt()])}
    assert set(terms("Bera")) <= found["The platform is 170 metres long."]
    assert not set(terms("Alba")) & found["The platform is 170 metres long."]
    assert set(terms("Bera trains kind")) <= found["slow ones"]


def test_what_states_nothing_is_no_candidate() -> None:
    """Headings and teasers are never claims."""
    texts = [candidate.text for candidate in candidates([excerpt()])]
    assert "Bera" not in texts
    assert not any(text.startswith("Read also") for text in texts)


def test_without_an_outline_everything_may_state_something() -> None:
    """A text of which no parts are known is read as before."""
    bare = Excerpt(
        passage=Passage(span=Span(source="s", start=0, end=5), score=1.0),
        text=Untrusted("Words"),
        title=Untrusted(""),
        published=None,
    )
    assert not Surroundings(bare).known
    assert Surroundings(bare).states(0)
    assert Surroundings(bare).words(0) == ()
