"""Test the fusion of rankings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.records import Passage, Span
from graph.report.rank_fusion import KEPT, fuse


def passage(name: str, score: float = 1.0, branch: str = "b1") -> Passage:
    return Passage(span=Span(source=name, start=0, end=1), score=score, branch=branch)


def ranking(names: str, branch: str = "b1") -> list[Passage]:
    return [passage(name, 1 / at, branch) for at, name in enumerate(names, 1)]


def sources(passages: tuple[Passage, ...]) -> str:
    return "".join(passage.span.source for passage in passages)


def test_the_question_leads_and_follow_ups_take_turns() -> None:
    """Four passages of the question come first, then the best of each follow-up, then the rest in turn."""
    fused = fuse([ranking("abcdef"), ranking("pqr", "b1.1"), ranking("xyz", "b1.2")])
    assert sources(fused) == "abcdpxeqyfrz"
    assert [p.branch for p in fused][:6] == ["b1"] * 4 + ["b1.1", "b1.2"]


def test_a_passage_found_twice_stands_where_it_ranks_best() -> None:
    """What the question ranks low and a follow-up ranks first moves up, and is listed once."""
    assert sources(fuse([ranking("abcdefg"), ranking("g", "b1.1")])) == "abcdgef"


def test_several_searches_of_one_branch_are_sorted_by_score() -> None:
    """A ranking put together from two searches is sorted, and a span keeps its better score."""
    fused = fuse([[passage("a", 0.2), passage("b", 0.9), passage("c", 0.3), passage("a", 0.5)]])
    assert sources(fused) == "bac"


@given(st.lists(st.lists(st.sampled_from("abcdefghij"), max_size=8), max_size=5))
def test_nothing_is_lost_and_scores_agree_with_the_order(names: list[list[str]]) -> None:
    """Every passage comes out once, scores fall, and the question's first four lead."""
    rankings = [ranking("".join(group)) for group in names]
    fused = fuse(rankings)
    assert sorted(sources(fused)) == sorted({name for group in names for name in group})
    scores = [p.score for p in fused]
    assert scores == sorted(set(scores), reverse=True)
    first = "".join(dict.fromkeys(names[0]))[:KEPT] if names else ""
    assert sources(fused).startswith(first)
