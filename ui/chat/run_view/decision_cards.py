"""Make the card for what a run waits for, and read the answer to a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from graph.errors import Refused
from graph.records import Status
from guards.budget import usd
from guards.visible_text import visible
from ui.catalogue import N_, _
from ui.chat.run_view.stable_ids import question_token
from ui.report.answer_standing import status
from ui.report.readable_lines import as_text, readable_lines

Props = dict[str, Any]
_LONGEST = 2000
_EDITED = ("plan", "question", "budget_usd")
_TITLES = {
    "plan": N_("The plan waits for you"),
    "clarify": N_("What is the question about?"),
    "call": N_("A call waits for you"),
    "budget": N_("The budget is used up"),
    "report": N_("The report waits to be released"),
    "raise": N_("This run ended early and can go on"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Hold a card: the element that draws it, and its props as JSON."""

    element: str
    props: Props


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """Hold the answer to a card: a decision for the graph, or a budget in dollars to go on with."""

    run: str
    token: str
    decision: Props
    budget: str = ""


def card(
    run_id: str,
    question: Mapping[str, Any],
    *,
    budget: str,
    draft: Any = None,  # noqa: ANN401 - JSON
    most: int | None = None,
) -> Card:
    """Return the card for a question of a run; `draft` is a plan that was edited and not accepted.

    `most` is the highest budget that the person may set, in micro-dollars; None: any amount.
    """
    kind = str(question.get("kind", ""))
    shown = {key: _shown(value) for key, value in question.items()}
    if isinstance(arguments := shown.get("arguments"), Mapping):
        shown["arguments"] = [{"name": name, **each} for name, each in arguments.items()]
    if kind == "report":
        shown["answer"] = as_text(readable_lines(str(question.get("answer", ""))))
    if kind == "budget":
        enough = Decimal(question["budget_usd"]) + Decimal(question["estimate_usd"])
        shown["raise_to"] = str(_bounded(enough, most).quantize(Decimal("0.01"), ROUND_UP))
        if most is not None and _bounded(enough, most) < enough:
            shown["note"] = _(
                "Your account may ask for ${usd} at most: ask an administrator for more."
            ).format(usd=usd(most))
    props = {
        **shown,
        "kind": kind,
        "run": run_id,
        "token": question_token(question),
        "title": _(_TITLES.get(kind, N_("The run waits for you"))),
        "budget": budget,
        "said": "",
    }
    if kind == "plan":
        return Card(element="PlanCard", props={**props, "plan": _shown(draft) if draft else shown["plan"]})
    return Card(element="DecisionCard", props=props)


def raise_card(
    run_id: str, report: Mapping[str, Any], *, budget: int, most: int | None = None
) -> Card | None:
    """Return the card that continues a run with a larger budget; None where that would not help.

    A person who may not raise the budget can only continue a run that was stopped. `most` is as for
    `card`.
    """
    short = [each for each in report["unknowns"] if _is_short(each)]
    if most is not None and most <= budget:
        short = [each for each in short if each["kind"] == "stopped"]
    if status(report) in {Status.ANSWERED, Status.REFUSED} or not short:
        return None
    cap = Decimal(budget) / 1_000_000
    question = {
        "kind": "raise",
        "budget_usd": f"{cap:.2f}",
        "spent_usd": report["cost"]["usd"],
        "undone": [str(each["detail"]) for each in short],
    }
    props = {
        **card(run_id, question, budget=f"${cap:.2f}").props,
        "raise_to": f"{_bounded(max(cap * 2, Decimal(1)), most):.2f}",
    }
    return Card(element="DecisionCard", props=props)


def _bounded(dollars: Decimal, most: int | None) -> Decimal:
    return dollars if most is None else min(dollars, Decimal(most) / 1_000_000)


def _is_short(unknown: Mapping[str, str]) -> bool:
    """Tell whether a run could continue: it was cut to its budget, or stopped."""
    return unknown["kind"] in _CUT or (unknown["kind"] in _UNPAID and _PRICED in unknown["detail"])


_CUT = frozenset({"plan_cut", "follow_up_skipped", "stopped"})
_UNPAID = frozenset({"call_skipped", "degraded"})
_PRICED = "may cost $"


def read_answer(payload: Mapping[str, Any]) -> CardAnswer:
    """Read what a card sent; raise Refused where it holds no answer."""
    run, about = payload.get("run"), payload.get("token")
    if not isinstance(run, str) or not isinstance(about, str):
        raise Refused(_("this card names no run: reload the page"))
    budget = payload.get("raise_to")
    if budget is not None:
        return CardAnswer(run=run, token=about, decision={}, budget=str(budget))
    return CardAnswer(run=run, token=about, decision=_decision(payload))


def _decision(payload: Mapping[str, Any]) -> Props:
    because = str(payload.get("because", "")).strip()
    about = {"task": str(payload["task"])} if payload.get("task") else {}
    match payload.get("decision"):
        case "approve":
            return {"decision": "approve", **about}
        case "edit":
            return {
                "decision": "edit",
                **{key: payload[key] for key in _EDITED if key in payload},
            }
        case "reject" if because:
            return {"decision": "reject", "because": because[:_LONGEST], **about}
        case "reject":
            raise Refused(_("write why you reject it: the report will say so"))
    raise Refused(_("the card sent no decision: reload the page"))


def answer_line(answer: CardAnswer, who: str) -> str:
    """Return in one line how a card was answered."""
    if answer.budget:
        return _("{who} set the budget to ${usd}").format(who=who, usd=answer.budget)
    how = {"approve": _("approved"), "edit": _("approved with changes"), "reject": _("rejected")}
    because = f": {answer.decision['because']}" if "because" in answer.decision else ""
    return f"{who} {how[answer.decision['decision']]}{because}"


def _shown(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Make the characters of every string visible: a source cannot hide any in what a person approves."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {str(key): _shown(each) for key, each in value.items()}
    return [_shown(each) for each in value] if isinstance(value, list | tuple) else value
