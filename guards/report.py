"""May this be called a complete answer, and what must be said beside it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.records import Branch, Call, Draft, Label, Outcome, Status, Unknown, Verdict

_CUTTING = frozenset({"follow_up_skipped", "evidence_dropped", "unverified"})


def status_of(calls: Iterable[Call], unknowns: Iterable[Unknown]) -> Status:
    """Call a run partial when a call did not succeed or part of what it found was cut."""
    failed = any(call.outcome is not Outcome.DONE for call in calls)
    cut = any(unknown.kind in _CUTTING for unknown in unknowns)
    return Status.PARTIAL if failed or cut else Status.COMPLETE


def doubts(draft: Draft, roots: Iterable[Branch], verdicts: Mapping[str, Verdict]) -> Iterable[Unknown]:
    """Name what a reader must know: questions without an answer, claims that stand alone or are disputed."""
    questions = {root.id: str(root.question.value) for root in roots}
    for section in draft.sections:
        if not section.claims:
            yield Unknown(kind="unanswered", detail=f"the sources do not say: {questions[section.root]}")
        for name in section.claims:
            yield from _doubts(name, verdicts.get(name))


def _doubts(name: str, verdict: Verdict | None) -> Iterable[Unknown]:
    if verdict is None or verdict.label is Label.UNVERIFIED:
        yield Unknown(kind="unverified_claim", detail=f"claim {name} has no verdict that supports it")
    elif verdict.label is Label.CONTRADICTED:
        others = ", ".join(verdict.against) or "another source"
        yield Unknown(kind="contradicted", detail=f"claim {name} disagrees with {others}")
    elif verdict.sources == 1:
        yield Unknown(kind="single_source", detail=f"claim {name} rests on one source")
