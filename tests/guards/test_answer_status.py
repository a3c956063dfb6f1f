"""How far a run answered is said in words that are true of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.history import ModelUse
from graph.records import Call, Draft, Label, Outcome, Section, Status, Unknown, Verdict
from guards.answer_status import NO_DOCUMENTS, SILENCES, Course, answer_status, silence
from guards.outages import BY_A_PERSON

ANSWER = Draft(sections=(Section(root="b1", claims=("c1",)),))
SILENT = Draft(sections=(Section(root="b1", claims=()),))
SUPPORTED = {"c1": Verdict(claim="c1", label=Label.SUPPORTED, confidence=0.9)}
EMPTY = Unknown(kind=NO_DOCUMENTS, detail="the folders hold nothing")


def call(outcome: Outcome, detail: str = "", fault: str = "", tool: str = "x") -> Call:
    return Call(
        task="t", branch="b", tool=tool, outcome=outcome, started=0, ended=0, detail=detail, fault=fault
    )


def use(outcome: Outcome) -> ModelUse:
    return ModelUse(role="reader", model="m", outcome=outcome, detail="", started=0, refused=False)


WHOLE = Course(read=2, calls=(call(Outcome.DONE),), draft=ANSWER, verdicts=SUPPORTED)
NOTHING = replace(WHOLE, draft=SILENT)
PART = replace(WHOLE, draft=Draft(sections=(*ANSWER.sections, *SILENT.sections)))
LATE = call(Outcome.STOPPED, "its deadline of 3 s passed", "Exhausted")
STOP = call(Outcome.STOPPED, BY_A_PERSON, "Exhausted")
LOST = call(Outcome.FAILED, "x gave no answer", "Unavailable")

ENDINGS = [
    (WHOLE, Status.ANSWERED, "2 sources read"),
    (PART, Status.PARTLY, "1 of 2 questions got no answer"),
    (replace(WHOLE, calls=(LOST,)), Status.PARTLY, "something that was planned was not done"),
    (replace(WHOLE, calls=(LATE,)), Status.PARTLY, "its deadline of 3 s passed"),
    (replace(WHOLE, uses=(use(Outcome.SKIPPED), use(Outcome.DONE))), Status.PARTLY, "was not done"),
    (
        replace(WHOLE, unknowns=(Unknown(kind="evidence_dropped", detail=""),)),
        Status.PARTLY,
        "something that was planned was not done",
    ),
    (replace(WHOLE, verdicts={}), Status.PARTLY, "nothing supports what is said well enough"),
    (replace(WHOLE, uses=(use(Outcome.FAILED),)), Status.ANSWERED, "no model that was asked gave an answer"),
    (NOTHING, Status.UNANSWERED, "2 sources read, and none gives an answer"),
    (replace(NOTHING, draft=None), Status.UNANSWERED, "2 sources read"),
    (replace(NOTHING, read=0), Status.UNANSWERED, "nothing was found to read"),
    (replace(NOTHING, read=0, calls=()), Status.UNANSWERED, "nothing was found to read"),
    (replace(NOTHING, read=0, calls=(LOST, LOST)), Status.UNREACHED, "none of 2 calls came through: x gave"),
    (
        replace(NOTHING, read=0, calls=(LOST, call(Outcome.SKIPPED, "it needs y, which failed"))),
        Status.UNREACHED,
        "none of 2 calls came through: x gave no answer",
    ),
    (
        replace(NOTHING, read=0, unknowns=(EMPTY,), calls=(call(Outcome.DONE, tool="documents.search"),)),
        Status.NO_DOCUMENTS,
        "the folders hold nothing",
    ),
    (replace(NOTHING, read=0, unknowns=(EMPTY,)), Status.UNANSWERED, "nothing was found to read"),
    (replace(WHOLE, calls=(STOP,)), Status.STOPPED, "a person stopped it; something that was planned"),
    (replace(NOTHING, calls=(STOP,)), Status.STOPPED, "a person stopped it; 2 sources read, and none"),
]


@pytest.mark.parametrize(("course", "status", "reason"), ENDINGS)
def test_each_ending_has_its_word_and_its_reason(course: Course, status: Status, reason: str) -> None:
    """Answered, in part, not, out of reach, without documents, stopped: each is told from the others."""
    found = answer_status(course)
    assert (found.status, reason in found.reason) == (status, True), found


def test_a_refusal_is_a_refusal_whatever_was_found() -> None:
    """The reason is the one that was given."""
    found = answer_status(WHOLE, "rejected: the plan: too wide")
    assert (found.status, found.reason) == (Status.REFUSED, "rejected: the plan: too wide")


calls = st.lists(st.builds(call, st.sampled_from(Outcome), st.sampled_from(["", BY_A_PERSON])), max_size=3)


@given(
    read=st.integers(0, 3),
    made=calls,
    kinds=st.lists(st.sampled_from([NO_DOCUMENTS, "unverified", "stale"]), max_size=2),
    uses=st.lists(st.builds(use, st.sampled_from(Outcome)), max_size=2),
    draft=st.sampled_from([None, SILENT, Draft(sections=()), ANSWER]),
)
def test_nothing_claimed_is_never_answered(
    read: int,
    made: list[Call],
    kinds: list[str],
    uses: list[ModelUse],
    draft: Draft | None,
) -> None:
    """Whatever happened, a run that claims nothing is not answered in any degree, and says why."""
    found = answer_status(
        Course(
            read=read,
            calls=made,
            unknowns=[Unknown(kind=kind, detail="so") for kind in kinds],
            uses=uses,
            draft=draft,
            verdicts=SUPPORTED,
        )
    )
    assert found.reason.strip()
    if draft is not ANSWER:
        assert found.status not in {Status.ANSWERED, Status.PARTLY}
        assert silence(found.status, read) in SILENCES
        assert (silence(found.status, read) == "The sources do not say.") <= bool(read)
