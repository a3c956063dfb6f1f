from __future__ import annotations

from dataclasses import replace

from langgraph.types import Send

from graph.options import Approve, Options
from graph.records import Outcome
from graph.run import routes
from graph.state import Held
from tests.nodes.roles import CLAIM, PASSAGE, RUN, TASK, call, state

ASKS = replace(RUN, options=Options(docs=("/docs",), approve=Approve.ASK, release=Approve.ASK))


def test_a_refused_run_goes_straight_to_its_report() -> None:
    """Wherever a run is refused or rejected, nothing more is done for it."""
    refused = state(refusal="no")
    chosen = {
        routes.after_request(refused),
        routes.after_clarify(refused),
        routes.after_budget(refused),
        routes.after_approval(refused),
    }
    assert chosen == {"settle"}


def test_people_are_asked_only_where_the_run_says_so() -> None:
    """The plan and the report wait under `ask`, and go on by themselves under `auto`."""
    assert (routes.after_budget(state()), routes.after_budget(state(run=ASKS))) == (
        "dispatch",
        "approve_plan",
    )
    assert (routes.after_report(state()), routes.after_report(state(run=ASKS))) == (
        "settle",
        "approve_report",
    )


def test_a_vague_question_is_clarified_where_somebody_can_answer() -> None:
    """Without a person a run does what it can."""
    vague = "And what about it?"
    assert routes.after_recall(state(question=vague)) == "plan"
    assert routes.after_recall(state(question=vague, run=ASKS)) == "clarify"


def test_open_branches_are_investigated_and_then_evidence_is_guarded() -> None:
    """A branch is sent out until its calls are made."""
    (sent,) = routes.to_investigate(state())
    assert (sent.node, sent.arg.branch.id) == ("investigate", "b1")
    assert routes.after_gather(state()) == "dispatch"
    assert routes.after_gather(state(calls=(call("t1"),))) == "guard_evidence"


def test_each_held_call_is_asked_about_unless_the_run_was_stopped() -> None:
    """A run that a person stopped asks nobody."""
    held = (Held(branch="b1", task=TASK, reason="it writes"),)
    asked = routes.after_gather(state(held=held, calls=(call("t1", Outcome.HELD),)))
    assert [sent.node for sent in asked if isinstance(sent, Send)] == ["approve_call"]
    assert routes.after_gather(state(held=held, calls=(call("t1", Outcome.STOPPED),))) == "guard_evidence"


def test_reading_and_checking_fan_out_by_question_or_go_on_to_write() -> None:
    """A question with evidence is read, one with claims is checked; without either the answer is written."""
    assert (routes.to_read(state()), routes.to_check(state())) == ("write", "write")
    assert [sent.node for sent in routes.to_read(state(evidence=(PASSAGE,))) if isinstance(sent, Send)] == [
        "read"
    ]
    assert [sent.node for sent in routes.to_check(state(claims=(CLAIM,))) if isinstance(sent, Send)] == [
        "check"
    ]
