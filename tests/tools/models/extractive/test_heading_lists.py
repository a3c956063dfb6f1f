"""Headings under a heading are the items of a list, also where only one of them was found."""

from __future__ import annotations

from graph.outline import headings, within
from graph.reading import Excerpt
from graph.records import Passage, Span
from graph.untrusted import Untrusted
from tools.documents.formats.table import parse
from tools.models.extractive.heading_lists import heading_lists
from tools.models.extractive.pool import candidates
from tools.models.extractive.shapes import Shape

TEXT = """# Boats

## Kinds of sails

We make all kinds.

### Jib

Stands before the mast.

### Main

Stands behind the mast.

## Prices

Ask us.
"""


def excerpt() -> Excerpt:
    """Return the passage under the first kind, with the headings of the whole document."""
    parsed = parse(".md", TEXT.encode())
    start, end = parsed.text.index("### Jib"), parsed.text.index("### Main")
    return Excerpt(
        passage=Passage(span=Span(source="s", start=start, end=end), score=1.0),
        text=Untrusted(parsed.text[start:end]),
        title=Untrusted("Boats"),
        published=None,
        outline=within(parsed.outline, start, end),
        headings=headings(parsed.outline, Untrusted(parsed.text)),
    )


def test_the_headings_right_under_a_heading_are_its_items() -> None:
    """Only headings over or in the excerpt count, and only what is one level down."""
    found = {
        each.heading.text.reveal(): [item.text.reveal() for item in each.items]
        for each in heading_lists(excerpt())
        if each.heading
    }
    assert found == {"Boats": ["Kinds of sails", "Prices"], "Kinds of sails": ["Jib", "Main"]}


def test_such_a_list_quotes_each_heading_and_nothing_between() -> None:
    """The claim is the heading and its items, each at its own place in the source."""
    pool = candidates([excerpt()], Shape.LIST)
    (whole,) = [each for each in pool if each.text == "Kinds of sails\nJib\nMain"]
    text = parse(".md", TEXT.encode()).text
    assert [text[span.start : span.end] for span in whole.spans] == ["Kinds of sails", "Jib", "Main"]


def test_it_is_a_candidate_only_where_a_list_is_asked_for() -> None:
    """Other questions do not read a table of contents."""
    assert not any("Jib\nMain" in each.text for each in candidates([excerpt()]))
