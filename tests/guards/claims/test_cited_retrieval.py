from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Source
from graph.untrusted import Untrusted
from guards.claims.cited_retrieval import by_citing
from guards.outside_text import is_public

PLACES = (
    "notes/a.md",
    "notes/b.md",
    "python:1",
    "mcp:files/read",
    "https://www.ministry.gov/report",
    "https://journal.example.edu/report",
    "https://copies.example.xyz/report",
    "https://example.com/report",
)


def source(
    location: str, title: str = "T", published: str | None = None, author: str | None = None
) -> Source:
    return Source(
        id="0" * 64,
        title=Untrusted(title),
        location=location,
        published=published,
        retrieved_at="2026-01-01T00:00:00+00:00",
        author=Untrusted(author) if author else None,
    )


SOURCES = st.builds(
    source,
    location=st.sampled_from(PLACES),
    title=st.sampled_from(["A", "B"]),
    published=st.none() | st.just("2026-01-01"),
    author=st.none() | st.just("Somebody"),
)


def locations(*found: str) -> list[str]:
    return [each.location for each in by_citing([source(location) for location in found])]


def test_a_ministry_is_cited_before_a_copy_of_its_page() -> None:
    """Of pages with one text the one whose publisher is rated highest is cited, and the other is named."""
    copy, page = "https://copies.example.xyz/report", "https://www.ministry.gov/report"
    assert locations(copy, page) == locations(page, copy) == [page, copy]


def test_a_document_of_a_person_is_cited_before_a_page() -> None:
    """A text that is private is treated as private, wherever else it stands."""
    assert locations("https://www.ministry.gov/report", "python:1", "notes/a.md") == [
        "notes/a.md",
        "python:1",
        "https://www.ministry.gov/report",
    ]


def test_of_one_place_the_fuller_description_counts() -> None:
    """Two services that describe one page differently make one place, with its date."""
    bare, dated = source("https://example.com/a"), source("https://example.com/a", published="2026-01-01")
    assert by_citing([bare, dated]) == by_citing([dated, bare]) == (dated,)


@given(found=st.lists(SOURCES, min_size=1, max_size=8), seed=st.randoms(use_true_random=False))
def test_what_came_first_decides_nothing(found: list[Source], seed: object) -> None:
    """Whatever the order, each place stands there once, private ones first, and the same one is cited."""
    shuffled = sorted(found, key=lambda _: getattr(seed, "random")())  # noqa: B009 - the strategy gives a Random
    told = by_citing(found)
    assert told == by_citing(shuffled)
    assert sorted(each.location for each in told) == sorted({each.location for each in found})
    assert [is_public(each.location) for each in told] == sorted(is_public(each.location) for each in told)
