"""Test how far a source is trusted, by its address and what it says of itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rating import Grade, Rating
from graph.records import Source
from graph.untrusted import Untrusted
from guards.claims.credibility import MADE, NAMELESS, OWN, UNKNOWN, rate
from guards.claims.publishers import KINDS

POINTS = re.compile(r"\(([+-]\d+)\)$")
USER_PUBLISHED = sorted(KINDS[0].hosts)
paths = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: "/" + text)
authors = st.none() | st.text(max_size=8)
dates = st.none() | st.just("2024-05-01")


def source(location: str, *, author: str | None = None, published: str | None = None) -> Source:
    """Describe a source at a place."""
    return Source(
        id="s",
        title=Untrusted("Title"),
        location=location,
        published=published,
        retrieved_at="2026-01-02T03:04:05+00:00",
        author=None if author is None else Untrusted(author),
    )


def rated(location: str) -> Rating:
    return rate(source(location))


@given(st.text() | st.text().map("https://".__add__), authors, dates)
def test_any_text_is_rated_within_bounds_or_not_at_all(
    location: str, author: str | None, published: str | None
) -> None:
    """Whatever stands where an address should, there is a reason, and a score lies in 0..100."""
    rating = rate(source(location, author=author, published=published))
    assert rating.reasons
    assert rating.score is None or 0 <= rating.score <= 100


@given(
    st.from_regex(r"https?://[a-z0-9-]{1,12}(\.[a-z0-9]{1,8}){1,3}(/~?[a-z]{0,5})?", fullmatch=True),
    authors,
    dates,
)
def test_a_score_is_the_sum_of_its_reasons(location: str, author: str | None, published: str | None) -> None:
    """A reader who adds the numbers of the reasons up gets the score; without a score there are none."""
    rating = rate(source(location, author=author, published=published))
    points = [int(found[1]) for reason in rating.reasons if (found := POINTS.search(reason))]
    assert rating.score == (sum(points) if points else None)


@given(
    st.sampled_from(USER_PUBLISHED), st.from_regex(r"([a-z]{1,9}\.)?", fullmatch=True), paths, authors, dates
)
def test_where_anyone_can_publish_is_never_above_a_government(
    host: str, below: str, path: str, author: str | None, published: str | None
) -> None:
    """The same page with the same facts scores no more at an open host than at a government address."""
    there = rate(source(f"https://{below}{host}{path}", author=author, published=published))
    government = rate(source(f"https://{below}health.gov{path}", author=author, published=published))
    if there.score is not None:
        assert government.score is not None
        assert there.score < government.score


@given(paths, st.text(min_size=1, max_size=8))
def test_saying_who_and_when_never_lowers_a_score(path: str, author: str) -> None:
    """A page that names its author or its date scores more than the same page that does not."""
    location = f"https://example.org{path}"
    bare = rate(source(location)).score
    named = rate(source(location, author=author)).score
    both = rate(source(location, author=author, published="2024")).score
    if bare is not None:
        assert named is not None
        assert both is not None
        assert bare < named < both


@given(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=12))
def test_no_reason_holds_a_word_of_the_source(word: str) -> None:
    """Author, title and path never come into a reason: a source cannot write into its own rating."""
    marked = f"zq{word}zq"
    rating = rate(source(f"https://www.example.org/{marked}", author=marked))
    assert not any(marked in reason for reason in rating.reasons)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/documents/plan.txt", OWN),
        ("notes/plan.txt", OWN),
        ("", OWN),
        ("python:0123456789ab", MADE),
        ("mcp:files/read", MADE),
        ("http://10.0.0.5/wiki", NAMELESS),
        ("http://wiki/page", NAMELESS),
        ("https://user@example.org/", NAMELESS),
        ("https://somelongname.com/story", UNKNOWN),
    ],
)
def test_what_nothing_is_known_of_is_not_rated(location: str, reason: str) -> None:
    """Own documents, results of tools, hosts of a network and plain unknown names get no number."""
    rating = rate(source(location, author="Ann", published="2024"))
    assert (rating.score, rating.reasons, rating.grade) == (None, (reason,), Grade.UNRATED)


@pytest.mark.parametrize(
    ("location", "kind", "grade"),
    [
        ("https://www.cdc.gov/flu", "a government address, .gov", Grade.HIGH),
        ("https://www.legislation.gov.uk/x", "a government address, .gov.uk", Grade.HIGH),
        ("https://www.soumu.go.jp/", "a government address, .go.jp", Grade.HIGH),
        ("https://mit.edu/", "an address of a university or school, .edu", Grade.HIGH),
        ("https://www.ox.ac.uk/", "an address of a university or school, .ac.uk", Grade.HIGH),
        ("https://mit.edu/~ann/essay", "an address of a university or school, .edu", Grade.MEDIUM),
        ("https://doi.org/10.1038/s41586", "a published work with a DOI", Grade.HIGH),
        (
            "https://doi.org/10.1101/2020.01.01",
            "a preprint or deposit that nobody had to review",
            Grade.MEDIUM,
        ),
        ("https://doi.org/10.1101/gad.1234", "a published work with a DOI", Grade.HIGH),
        ("https://arxiv.org/abs/1706.03762", "a preprint or deposit that nobody had to review", Grade.MEDIUM),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "a work listed in PubMed", Grade.HIGH),
        ("https://www.who.int/news", "an intergovernmental organisation, .int", Grade.HIGH),
        ("https://en.wikipedia.org/wiki/X", "an encyclopaedia that anyone can edit", Grade.MEDIUM),
        ("https://github.com/a/b", "anyone can publish at this host, and peers answer there", Grade.MEDIUM),
        ("https://ann.substack.com/p/x", "anyone can publish at this host", Grade.LOW),
        ("https://ann.blogspot.co.uk/", "anyone can publish at this host, .blogspot.co.uk", Grade.LOW),
        ("https://www.academia.edu/1", "anyone can publish at this host", Grade.LOW),
    ],
)
def test_known_kinds_of_publishers_are_told(location: str, kind: str, grade: Grade) -> None:
    """An address tells its kind of publisher in words, and the kind decides the grade."""
    rating = rated(location)
    assert rating.reasons[0].startswith(f"{kind} (")
    assert rating.grade is grade


@pytest.mark.parametrize(
    "location",
    ["https://cdc.gov.longexample.com/", "https://notgithub.community/", "https://notwho.international/"],
)
def test_a_name_that_only_looks_like_a_known_one_is_not_taken_for_it(location: str) -> None:
    """A known name at the front of another, or inside a longer one, tells nothing."""
    rating = rated(location)
    assert rating.reasons[0] in {UNKNOWN, "a publisher of no known kind (+53)"}


def test_the_form_of_a_name_moves_a_plain_publisher() -> None:
    """Endings, short names, names of newspapers and digits count, each with its own reason."""
    reasons = rated("https://www.sun24.news/").reasons
    assert reasons[0] == "a publisher of no known kind (+53)"
    assert [reason.rpartition(" (")[0] for reason in reasons[1:4]] == [
        "an ending that is new, cheap and open to all, .news",
        "a name of 5 letters or fewer, hard to come by",
        "a digit in its name",
    ]
    assert "named as newspapers are (+10)" in rated("https://www.midlandherald.co.uk/").reasons
