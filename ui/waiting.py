"""Explain what a run waits for, and how to answer."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ui.visible import one_line

Question = Mapping[str, Any]
_FREE = "0.00"


def explain(run_id: str, question: Question, out: Path | None = None) -> list[str]:
    """Return the lines that ask a person, ending with the commands that answer."""
    problem = question.get("problem")
    return [
        *([f"not accepted: {one_line(str(problem))}"] if problem else []),
        *(_plan(question) if "plan" in question else _other(question)),
        *_commands(run_id, question, out),
    ]


def editable(question: Question) -> Any:  # noqa: ANN401  # JSON
    """Return the part of the question that a person edits and hands back."""
    return question["plan"] if "plan" in question else {"question": question.get("question", "")}


def _plan(question: Question) -> list[str]:
    lines = [f"the plan waits for you, at most ${one_line(str(question.get('estimate_usd', '0.00')))}:"]
    for number, branch in enumerate(question["plan"]["branches"], start=1):
        lines += [f"  {number}. {one_line(str(branch['question']))}", *map(_task, branch["tasks"])]
    return [*lines, *_models(question), *_cut(question)]


def _task(task: Mapping[str, Any]) -> str:
    line = f"     {one_line(str(task['tool']))}: {one_line(str(task['purpose']))}"
    price = one_line(str(task.get("estimate_usd", _FREE)))
    return line if price == _FREE else f"{line}, at most ${price}"


def _models(question: Question) -> list[str]:
    costs = question.get("models", {})
    most, usual = (one_line(str(costs.get(name, _FREE))) for name in ("estimate_usd", "expected_usd"))
    said = f"  reading, checking and writing by models: about ${usual}, at most ${most}"
    return [] if most == _FREE else [said]


def _cut(question: Question) -> list[str]:
    cuts = [f"     {one_line(str(cut))}" for cut in question.get("cut", ())]
    return ["  cut to fit the budget (a new run with a higher --budget has it):", *cuts] if cuts else []


def _other(question: Question) -> list[str]:
    kind, asked = one_line(str(question.get("kind", "it"))), one_line(str(question.get("question", "")))
    return [f"the run waits for you ({kind}): {asked}"]


def _commands(run_id: str, question: Question, out: Path | None) -> list[str]:
    resume = f"  attest resume {run_id}"
    tail = f" --out {shlex.quote(str(out))}" if out else ""
    file = "plan.json" if "plan" in question else "question.json"
    return [
        "answer with one of:",
        f"{resume} --approve{tail}",
        f"  attest show {run_id} --json > {file}   # edit it, then",
        f"{resume} --edit {file}{tail}",
        f'{resume} --reject --because "why"{tail}',
    ]
