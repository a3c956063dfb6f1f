"""Cards: what they show, and what is read of an answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from guards.policy.approval import Edit, Rejection, read_decision
from ui.chat.run_view.decision_cards import answer_line, card, raise_card, read_answer

PLAN = {
    "kind": "plan",
    "plan": {"branches": [{"id": "b1", "question": "Why?", "tasks": []}]},
    "estimate_usd": "0.00",
    "choices": ["approve", "edit", "reject"],
}


def payload(**more: object) -> dict[str, object]:
    return {"run": "r", "token": "t", **more}


def report(*unknowns: tuple[str, str], status: str = "partly answered") -> dict[str, Any]:
    return {
        "status": status,
        "unknowns": [{"kind": kind, "detail": detail} for kind, detail in unknowns],
        "cost": {"usd": "0.40"},
    }


def test_a_plan_has_the_card_for_plans() -> None:
    """The plan a run shows is the plan on the card."""
    made = card("r", PLAN, budget="$1.00")
    assert made.element == "PlanCard"
    assert made.props["plan"] == PLAN["plan"]
    assert (made.props["run"], made.props["said"]) == ("r", "")


def test_an_edit_that_was_not_accepted_stays_on_the_card() -> None:
    """A person does not type it again."""
    draft: dict[str, object] = {"branches": []}
    made = card("r", {**PLAN, "problem": "no line"}, budget="$1.00", draft=draft)
    assert made.props["plan"] == draft
    assert made.props["problem"] == "no line"


def test_another_question_has_another_token() -> None:
    """An answer names the very question it answers."""
    tokens = {card("r", each, budget="").props["token"] for each in (PLAN, {**PLAN, "problem": "x"})}
    assert len(tokens) == 2


@pytest.mark.parametrize("kind", ["clarify", "call", "report", "something new"])
def test_every_other_question_has_the_generic_card(kind: str) -> None:
    """No question of a run is left without a card."""
    assert card("r", {"kind": kind}, budget="").element == "DecisionCard"


def test_arguments_of_a_call_keep_their_marks() -> None:
    """What was taken from a source, and what is private, is seen on the card."""
    argument = {"value": "x\u202ey", "tainted": True, "private": True, "from": [{"location": "a.md"}]}
    made = card("r", {"kind": "call", "arguments": {"url": argument}}, budget="")
    (shown,) = made.props["arguments"]
    assert (shown["name"], shown["tainted"], shown["private"]) == ("url", True, True)
    assert "\u202e" not in shown["value"]


@pytest.mark.parametrize(
    ("kind", "detail"),
    [("stopped", "a person stopped it"), ("plan_cut", "b2"), ("call_skipped", "brave may cost $0.005; cap")],
)
def test_a_run_that_ended_early_can_go_on(kind: str, detail: str) -> None:
    """Money or a person ended it: the card offers a larger budget."""
    made = raise_card("r", report((kind, detail)), budget=400_000)
    assert made is not None
    assert made.props["raise_to"] == "1.00"
    assert made.props["undone"] == [detail]


def test_who_may_ask_for_no_more_can_let_a_stopped_run_go_on() -> None:
    """At the most an account may ask for, a stop is undone with the same budget, and a cut is not offered."""
    stopped, cut = ("stopped", "a person stopped it"), ("plan_cut", "b2")
    made = raise_card("r", report(stopped, cut), budget=400_000, most=400_000)
    assert made is not None
    assert (made.props["raise_to"], made.props["undone"]) == ("0.40", ["a person stopped it"])
    assert raise_card("r", report(cut), budget=400_000, most=400_000) is None
    more = raise_card("r", report(cut), budget=400_000, most=600_000)
    assert more is not None
    assert more.props["raise_to"] == "0.60"


@pytest.mark.parametrize(
    "ended", [report(("call_failed", "no answer")), report(("stopped", "x"), status="refused"), report()]
)
def test_a_run_that_more_money_does_not_help_has_no_such_card(ended: dict[str, Any]) -> None:
    """A failure is not sold as a question of money."""
    assert raise_card("r", ended, budget=400_000) is None


def test_a_rejection_needs_a_reason() -> None:
    """The report says why it was rejected, so somebody must have said it."""
    with pytest.raises(Refused, match="why"):
        read_answer(payload(decision="reject", because="  "))
    answer = read_answer(payload(decision="reject", because="too broad"))
    assert isinstance(read_decision(answer.decision), Rejection)
    assert answer_line(answer, "ann") == "ann rejected: too broad"


def test_a_budget_that_ran_out_names_one_that_is_enough() -> None:
    """The card proposes what was allowed and what is left to pay, together, in whole cents that suffice."""
    for had, lacks, enough in (("0.50", "0.25", "0.75"), ("0.004", "0.0081", "0.02")):
        question = {"kind": "budget", "budget_usd": had, "estimate_usd": lacks, "undone": []}
        assert card("r", question, budget=f"${had}").props["raise_to"] == enough


def test_an_edit_reaches_the_graph_as_it_was_typed() -> None:
    """The graph examines the edit, not the card."""
    answer = read_answer(payload(decision="edit", plan={"branches": []}))
    assert isinstance(read_decision(answer.decision), Edit)
    assert answer_line(answer, "ann") == "ann approved with changes"


def test_a_call_is_named_in_the_decision() -> None:
    """Where several calls wait, the answer is about one."""
    assert read_answer(payload(decision="approve", task="b1.q1")).decision["task"] == "b1.q1"


@given(st.dictionaries(st.text(max_size=9), st.one_of(st.none(), st.text(max_size=9), st.integers())))
def test_a_forged_payload_is_refused_or_harmless(forged: dict[str, object]) -> None:
    """Whatever a browser sends, it is a decision the graph reads or one line of refusal."""
    try:
        answer = read_answer(forged)
    except Refused:
        return
    assert answer.budget or read_decision(answer.decision)


def test_a_raised_budget_is_no_decision() -> None:
    """Going on with more money is said apart from answering a question."""
    answer = read_answer(payload(decision="approve", raise_to="2.00"))
    assert (answer.budget, answer.decision) == ("2.00", {})
    assert answer_line(answer, "ann") == "ann set the budget to $2.00"


def test_both_cards_draw_tools_in_the_same_way() -> None:
    """An element cannot import another: what both draw of a tool is copied, and the copies are equal."""
    plan, decision = (
        Path(f"ui/public/elements/{name}.jsx").read_text(encoding="utf-8")
        for name in ("PlanCard", "DecisionCard")
    )
    for name in ("Where", "Rest"):
        (shared,) = re.findall(rf"^function {name}\(.*?^}}$", plan, re.MULTILINE | re.DOTALL)
        assert shared in decision
