from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from graph.records import Passage, Result, Snapshot, Source, Span, Unknown, source_id
from graph.tool import Group, ToolSpec
from graph.untrusted import Untrusted
from tools.call_pipeline.result_validation import MOST_BYTES, MOST_PASSAGES, screen_output
from tools.search_results import LONGEST_ADDRESS, LONGEST_TITLE, FoundItem, sources_of

TEXT = "A breaker opens when half of the calls fail."


def spec(group: Group = Group.WEB, price: int = 50) -> ToolSpec:
    return ToolSpec(
        name="web.search", version="1", purpose="search", arguments=BaseModel, group=group, price=price
    )


def snapshot(
    text: str = TEXT, *, name: str | None = None, title: str = "Breakers", location: str = "https://a.example"
) -> Snapshot:
    source = Source(
        id=source_id(text) if name is None else name,
        title=Untrusted(title),
        location=location,
        published=None,
        retrieved_at="2026-01-01T00:00:00+00:00",
    )
    return Snapshot(source=source, text=Untrusted(text))


def passage(start: int = 0, end: int = 9, *, source: str = source_id(TEXT), score: float = 0.5) -> Passage:
    return Passage(span=Span(source=source, start=start, end=end), score=score)


def said(result: Result) -> list[str]:
    assert all(unknown.kind == "screened" for unknown in result.skipped)
    return [unknown.detail for unknown in result.skipped]


def test_a_sound_result_is_untouched() -> None:
    """What a search makes of its items comes through as it is."""
    items = [FoundItem(title="", url=f"https://a.example/{'x' * 1500}", text=TEXT)]
    result = replace(sources_of("breaker", items, 0.0), cost=50)
    assert result.passages
    assert screen_output(result, spec()) is result


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (snapshot(name="0" * 64), "the id"),
        (snapshot(name=""), "the id"),
        (snapshot(title="safe\u202egpj.exe"), "the title"),
        (snapshot(title="two\nlines"), "the title"),
        (snapshot(title="x" * (LONGEST_TITLE + 1)), "the title"),
        (snapshot(location="https://a.example/\x1b[2J"), "the address"),
        (snapshot(location="https://a.example/" + "x" * LONGEST_ADDRESS), "the address"),
        (snapshot("x" * (MOST_BYTES + 1)), "the text"),
        (snapshot("é" * (MOST_BYTES // 2 + 1)), "the text"),
        (snapshot("half a pair \ud800", name="0" * 64), "the text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_source_goes_with_its_passages_and_is_counted(bad: Snapshot, why: str) -> None:
    """Sources with a false id, a disguised title or address, or too long a text are left out and named."""
    good = snapshot("Another source.")
    inside = passage(source=good.source.id)
    result = Result(snapshots=(bad, good), passages=(passage(source=bad.source.id), inside), cost=1)
    kept = screen_output(result, spec())
    assert (kept.snapshots, kept.passages, kept.cost) == ((good,), (inside,), 1)
    assert said(kept)[0].startswith(f"web.search: 1 left out: {why} of a source")
    assert said(kept)[1] == "web.search: 1 left out: a passage does not lie within a source"


@pytest.mark.parametrize(
    "title", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f469\u200d\U0001f52c", "a\u00a0b"]
)
def test_scripts_that_need_joiners_are_welcome(title: str) -> None:
    """A title is not suspect because of the invisible letters its script is written with."""
    result = Result(snapshots=(snapshot(title=title),))
    assert screen_output(result, spec()) is result


@pytest.mark.parametrize(
    "bad", [passage(5, 5), passage(9, 3), passage(-4, 5), passage(0, len(TEXT) + 1), passage(source="other")]
)
def test_a_passage_must_lie_within_a_source_of_the_result(bad: Passage) -> None:
    """A span that is empty, turned round, too long, or of another source cannot be cited."""
    kept = screen_output(Result(snapshots=(snapshot(),), passages=(bad, passage())), spec())
    assert kept.passages == (passage(),)


@pytest.mark.parametrize("score", [float("nan"), float("inf"), float("-inf")])
def test_a_score_is_a_number(score: float) -> None:
    """A score that cannot be compared would upset every ranking after it."""
    kept = screen_output(Result(snapshots=(snapshot(),), passages=(passage(score=score),)), spec())
    assert kept.passages == ()
    assert said(kept) == ["web.search: 1 left out: the score of a passage is no number"]


def test_the_documents_point_at_stored_sources() -> None:
    """A passage of the documents needs no text in the result, but a span and a score all the same."""
    bad = passage(7, 7, source="stored"), passage(source="stored", score=float("nan"))
    result = Result(passages=(*bad, passage(source="stored")))
    assert screen_output(result, spec(Group.DOCUMENTS)).passages == (passage(source="stored"),)


def test_the_best_passages_are_kept_in_their_order() -> None:
    """A flood is cut to the highest scores, and what is cut is counted."""
    flood = tuple(passage(score=n % 100) for n in range(MOST_PASSAGES * 2))
    kept = screen_output(Result(snapshots=(snapshot(),), passages=flood), spec())
    assert kept.passages == tuple(p for p in flood if p.score >= 50)
    assert said(kept) == ["web.search: 200 left out: more passages than the best 200"]


@pytest.mark.parametrize(("told", "booked"), [(51, 50), (10**9, 50), (-1, 0)])
def test_a_call_costs_at_most_what_was_reserved(told: int, booked: int) -> None:
    """The cap holds even if a tool says it cost more, and the report shows that it did."""
    earlier = Unknown(kind="screened", detail="said by the tool")
    kept = screen_output(Result(cost=told, skipped=(earlier,)), spec(price=50))
    assert kept.cost == booked
    assert said(kept)[0] == "said by the tool"
    assert f"cost {told} micro-dollars, {booked} were booked" in said(kept)[1]


@given(
    texts=st.lists(st.text(max_size=20), max_size=4),
    places=st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 25), st.integers(-3, 25), st.floats())),
    cost=st.integers(-100, 100),
)
def test_what_is_kept_holds_together(
    texts: list[str], places: list[tuple[int, int, int, float]], cost: int
) -> None:
    """What is kept opens in a kept source, nothing sound is lost, and a second screening finds no fault."""
    snapshots = tuple(snapshot(text) for text in texts)
    names = [s.source.id for s in snapshots] + ["missing"] * 5
    passages = tuple(passage(a, b, source=names[n], score=score) for n, a, b, score in places)
    kept = screen_output(Result(snapshots=snapshots, passages=passages, cost=cost), spec())
    by_id = {s.source.id: s.text.reveal() for s in kept.snapshots}
    assert kept.snapshots == snapshots
    assert all(by_id[p.span.source][p.span.start : p.span.end] for p in kept.passages)
    assert screen_output(replace(kept, skipped=()), spec()).skipped == ()
    lost = [p for p in passages if p not in kept.passages]
    assert not [p for p in lost if _is_sound(p, by_id)]


def _is_sound(one: Passage, by_id: dict[str, str]) -> bool:
    text, span = by_id.get(one.span.source, ""), one.span
    return 0 <= span.start < span.end <= len(text) and abs(one.score) < float("inf")
