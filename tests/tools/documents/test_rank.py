"""Test the ranking of passages."""

from __future__ import annotations

from graph.ports import IndexHit, IndexHits
from graph.records import Span
from tools.documents.rank import rank


def hit(name: str, title: str, body: str) -> IndexHit:
    return IndexHit(
        span=Span(source=name, start=0, end=1), title=tuple(title.split()), body=tuple(body.split())
    )


def found(*hits: IndexHit, **frequencies: tuple[int, int]) -> IndexHits:
    return IndexHits(passages=100, title_terms=200, body_terms=1000, frequencies=frequencies, hits=hits)


def order(query: str, hits: IndexHits) -> list[str]:
    return [hit.span.source for hit, _ in rank(query.split(), hits)]


def test_a_rare_term_outweighs_a_common_one() -> None:
    """Of two passages with one term each, that with the rarer comes first."""
    hits = found(hit("common", "t", "sea"), hit("rare", "t", "krill"), sea=(60, 60), krill=(2, 2))
    assert order("sea krill", hits) == ["rare", "common"]


def test_a_term_that_recurs_where_it_occurs_outweighs_one_that_does_not() -> None:
    """Of two terms in as many passages, the one that recurs in them tells more of a topic."""
    hits = found(hit("verb", "t", "show"), hit("topic", "t", "krill"), show=(5, 5), krill=(5, 30))
    assert order("show krill", hits) == ["topic", "verb"]


def test_a_title_named_whole_comes_first() -> None:
    """A passage whose whole title the query names beats one whose longer title holds the name too."""
    hits = found(
        hit("long", "lothair crown sword", "lothair lothair king"),
        hit("named", "lothair", "king " * 20),
        lothair=(4, 9),
    )
    assert order("lothair mother", hits) == ["named", "long"]


def test_scores_are_shares_of_the_query() -> None:
    """A score lies between none and all of the query's weight, plus at most half for a named title."""
    hits = found(hit("all", "sea", "sea krill " * 50), hit("none", "t", "x"), sea=(5, 9), krill=(5, 9))
    scores = {hit.span.source: score for hit, score in rank(["sea", "krill"], hits)}
    assert 0.5 < scores["all"] <= 1.5
    assert scores["none"] == 0


def test_nothing_is_ranked_for_no_query() -> None:
    """An empty query or an empty collection gives scores without dividing by nothing."""
    assert rank([], found(hit("a", "", ""))) == ((hit("a", "", ""), 0.0),)
    assert rank(["x"], IndexHits(passages=0, title_terms=0, body_terms=0, frequencies={}, hits=())) == ()
