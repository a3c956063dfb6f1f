"""How far does a run answer its question, and why no further?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.history import ModelUse
from graph.records import Call, Draft, Label, Outcome, Status, Unknown, Verdict
from guards.outages import BY_A_PERSON, is_cut

NO_DOCUMENTS = "no_documents"
"""The kind of gap that says that the folders of a run hold nothing that can be read."""

SILENCE = "The sources do not say."
_FOUND_NOTHING = "Nothing was found to read."
_SILENCES = {
    Status.UNREACHED: "No source could be reached.",
    Status.NO_DOCUMENTS: "There are no documents yet.",
}
SILENCES = frozenset({SILENCE, _FOUND_NOTHING, *_SILENCES.values()})
"""The sentences that stand in an answer in place of claims."""

_EMPTY = Draft(sections=())
_CUTTING = frozenset({"follow_up_skipped", "evidence_dropped", "unverified", "emergency"})
_DOCUMENTS = "documents."
_NO_MODEL = "no model that was asked gave an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStatus:
    """Say how a run ended, and why in half a sentence without a full stop."""

    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Hold what a run did: how many sources it read, which calls it made, and their results."""

    read: int
    calls: Sequence[Call] = ()
    unknowns: Sequence[Unknown] = ()
    uses: Sequence[ModelUse] = ()
    draft: Draft | None = None
    verdicts: Mapping[str, Verdict]


def answer_status(course: Course, refusal: str = "") -> AnswerStatus:
    """Return how a run ended; one that claims nothing is never called answered."""
    if refusal:
        return AnswerStatus(status=Status.REFUSED, reason=refusal)
    draft = course.draft or _EMPTY
    found = _of_claims(course, draft) if any(s.claims for s in draft.sections) else _of_silence(course)
    if any(_is_stopped(call) for call in course.calls):
        return AnswerStatus(status=Status.STOPPED, reason=f"{BY_A_PERSON}; {found.reason}")
    if course.uses and not any(use.outcome is Outcome.DONE for use in course.uses):
        return AnswerStatus(status=found.status, reason=f"{found.reason}; {_NO_MODEL}")
    return found


def _of_claims(course: Course, draft: Draft) -> AnswerStatus:
    sections, asked = draft.sections, len(draft.sections)
    silent = sum(not section.claims for section in sections)
    doubtful = sum(
        bool(section.claims) and not _is_backed(section.claims, course.verdicts) for section in sections
    )
    lacks = [
        *([f"{silent} of {_count(asked, 'question')} got no answer"] if silent else []),
        *(["nothing supports what is said well enough"] if doubtful else []),
        *([_cut(course)] if is_run_cut(course.calls, course.unknowns, course.uses) else []),
    ]
    if lacks:
        return AnswerStatus(status=Status.PARTLY, reason="; ".join(lacks))
    return AnswerStatus(status=Status.ANSWERED, reason=f"{_count(course.read, 'source')} read")


def _of_silence(course: Course) -> AnswerStatus:
    looked = [call for call in course.calls if call.branch]
    empty = next((u.detail for u in course.unknowns if u.kind == NO_DOCUMENTS), "")
    if empty and not course.read and all(call.tool.startswith(_DOCUMENTS) for call in looked):
        return AnswerStatus(status=Status.NO_DOCUMENTS, reason=empty)
    if course.read:
        reason = f"{_count(course.read, 'source')} read, and none gives an answer that can be relied on"
    elif looked and not any(call.outcome is Outcome.DONE for call in looked):
        return AnswerStatus(status=Status.UNREACHED, reason=_unreached(looked))
    else:
        reason = "nothing was found to read"
    cut = [_cut(course)] if is_run_cut(course.calls, course.unknowns, course.uses) else []
    return AnswerStatus(status=Status.UNANSWERED, reason="; ".join([reason, *cut]))


def silence(status: Status, read: int) -> str:
    """Return the sentence of an answer without claims; only sources that were read can say nothing."""
    return _SILENCES.get(status, SILENCE if read else _FOUND_NOTHING)


def is_run_cut(calls: Iterable[Call], unknowns: Iterable[Unknown], uses: Iterable[ModelUse] = ()) -> bool:
    """Tell whether something planned was lost, part of what was found was cut, or money ran out."""
    unpaid = any(use.outcome is Outcome.SKIPPED for use in uses)
    return unpaid or is_cut(calls) or any(unknown.kind in _CUTTING for unknown in unknowns)


def _cut(course: Course) -> str:
    late = (c.detail for c in course.calls if c.outcome is Outcome.STOPPED and c.fault and not _is_stopped(c))
    return next(late, "something that was planned was not done")


def _unreached(looked: Sequence[Call]) -> str:
    told = [call for call in looked if call.detail]
    cause = next(
        (call for call in reversed(told) if call.outcome is Outcome.FAILED), told[-1] if told else None
    )
    last = cause.detail if cause else ""
    return f"none of {_count(len(looked), 'call')} came through" + (f": {last}" if last else "")


def _is_stopped(call: Call) -> bool:
    return call.outcome is Outcome.STOPPED and call.detail == BY_A_PERSON


def _is_backed(claims: Collection[str], verdicts: Mapping[str, Verdict]) -> bool:
    judged = (verdicts.get(name) for name in claims)
    return any(verdict and verdict.label is not Label.UNVERIFIED for verdict in judged)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
