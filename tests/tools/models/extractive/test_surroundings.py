from __future__ import annotations

from dataclasses import replace

from graph.outline import PartKind, context, part_at, within
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


def excerpt(text: str = TEXT) -> Excerpt:
    parsed = parse(".md", text.encode())
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


def test_a_list_behind_what_states_nothing_has_no_lead_in() -> None:
    """A line that leads elsewhere, right before a list, is no lead-in, and no candidate is lost by it."""
    whole = excerpt(f"{TEXT}- fast ones\n")
    at = whole.text.reveal().index("Trains by kind")
    silent = replace(part_at(whole.outline, whole.passage.span.start + at), kind=PartKind.NAVIGATION)
    parts = tuple(silent if part.start == silent.start else part for part in whole.outline)
    texts = [candidate.text for candidate in candidates([replace(whole, outline=parts)])]
    assert "slow ones" in texts
    assert not any("Trains" in text for text in texts)


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
