"""Wait for a person to release the report."""

from __future__ import annotations

from collections import Counter
from typing import Any

from langgraph.types import interrupt

from graph.errors import Refused
from graph.ports import Calls, Evidence
from graph.records import Clock, Crossed
from graph.report.compose import compose
from graph.report.run_summary import close
from graph.state import ResearchState, Update
from guards.plan_fitting import Foresee
from guards.policy.approval import Edit, Rejection, read_decision, recorded


async def approve_report(
    state: ResearchState, *, calls: Calls, evidence: Evidence, forecast: Foresee, clock: Clock
) -> Update:
    """Interrupt until the person releases the report or withholds it: then the run ends refused.

    This shows the report to the person only; what is published crosses, and is logged, in `settle`.
    """
    closing, snapshots = await close(state, calls=calls, evidence=evidence, forecast=forecast, now=clock())
    shown: list[Crossed] = []
    report, problem = compose(state, closing, snapshots, shown.append), ""
    while True:
        try:
            return _decided(interrupt(_question(report, problem)), clock())
        except Refused as refused:
            problem = str(refused)


def _decided(answer: object, now: float) -> Update:
    decision = read_decision(answer)
    if isinstance(decision, Edit):
        raise Refused("a report is released or rejected as it stands: it cannot be edited")
    update = Update(decisions=(recorded(decision, "report", now),))
    if isinstance(decision, Rejection):
        update["refusal"] = f"rejected: the report was withheld: {decision.because}"
    return update


def _question(report: dict[str, Any], problem: str) -> dict[str, object]:
    question: dict[str, object] = {
        "kind": "report",
        "answer": report["answer"],
        "status": report["status"],
        "reason": report["reason"],
        "claims": dict(Counter(claim["verdict"] for claim in report["claims"])),
        "unknowns": report["unknowns"],
        "cost_usd": report["cost"]["usd"],
        "choices": ["approve", "reject"],
    }
    return {**question, "problem": problem} if problem else question
