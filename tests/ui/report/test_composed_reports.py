"""What the house composes is what the house verifies."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.costs import Cost
from graph.options import Options
from graph.records import (
    Argument,
    Branch,
    Claim,
    Draft,
    Label,
    Plan,
    Run,
    Section,
    Snapshot,
    Source,
    Span,
    Status,
    Verdict,
    source_id,
)
from graph.report.compose import Closing, compose
from graph.state import ResearchState
from graph.untrusted import Untrusted
from guards.answer_status import AnswerStatus
from guards.claims.citations import verify_report
from guards.outside_text import plain
from tools.lexicon.sentences import sentences
from ui.report.report_markdown import report_markdown
from ui.report.schema_check import departures

words = st.text(min_size=1, max_size=60) | st.text("[]\\()<>*_`!&;:/#12 \n\u202e", min_size=1, max_size=30)


def cut(text: str, a: int, b: int) -> Span | None:
    """Return a span of whole sentences that holds more than blanks: readers take no other."""
    found = sentences(text)
    if not found:
        return None
    first, last = sorted((a % len(found), b % len(found)))
    span = Span(source=source_id(text), start=found[first][0], end=found[last][1])
    return span if plain(text[span.start : span.end]) else None


def composed(texts: list[str], cuts: list[tuple[int, int, int]], question: str) -> dict[str, Any]:
    """Compose a report of two sections whose claims cite cuts of the texts."""
    spans = [span for t, a, b in cuts if (span := cut(texts[t % len(texts)], a, b))]
    claims = tuple(Claim(id=f"c{n}", root="r1", spans=(span,), relevance=0.5) for n, span in enumerate(spans))
    branches = tuple(
        Branch(id=root, root=root, question=Argument(value=question), tasks=()) for root in ("r1", "r2")
    )
    names = tuple(claim.id for claim in claims)
    verdicts = tuple(
        Verdict(claim=claim.id, label=Label.SUPPORTED, confidence=0.5, sources=2, confirmed=other.spans)
        for claim, other in pairwise(claims)
        if claim.spans[0].source != other.spans[0].source
    )
    state = ResearchState(
        question=question,
        run=Run(id="r", question=question, options=Options(), started=1.0),
        plan=Plan(branches=branches),
        claims=claims,
        verdicts=verdicts,
        draft=Draft(sections=(Section(root="r1", claims=names), Section(root="r2", claims=names[:1]))),
    )
    standing = AnswerStatus(status=Status.ANSWERED if names else Status.UNANSWERED, reason="so")
    closing = Closing(answer_status=standing, cost=Cost(), ended=2.0, entered={"INITIALIZING": 1.0})
    snapshots = {
        source_id(text): Snapshot(
            source=Source(
                id=source_id(text),
                title=Untrusted(text),
                location="/d",
                published=None,
                retrieved_at="2026-01-02T03:04:05+00:00",
            ),
            text=Untrusted(text),
        )
        for text in texts
    }
    report = compose(state, closing, snapshots, lambda _: None)
    return {**report, "audit_head": source_id("head")}


@settings(max_examples=200)
@given(
    st.lists(words, min_size=1, max_size=3, unique=True),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99)), max_size=4),
    words,
)
def test_a_composed_report_verifies(
    texts: list[str], cuts: list[tuple[int, int, int]], question: str
) -> None:
    """Whatever the sources and the person say, the report fits its schema, verifies and can be shown."""
    report = composed(texts, cuts, question)
    assert departures(report) == []
    assert verify_report(report, {source_id(text): text.encode() for text in texts}) == []
    assert report_markdown(report)
