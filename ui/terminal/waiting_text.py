"""Explain what a run waits for, and how to answer."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guards.visible_text import one_line
from ui.catalogue import _
from ui.report.readable_lines import readable_lines
from ui.terminal.tool_description import defaults, place, words

Question = Mapping[str, Any]
_FREE = "0.00"


def explain(run_id: str, question: Question, out: Path | None = None) -> list[str]:
    """Return the lines that ask a person, and last the commands that answer."""
    problem, more = question.get("problem"), question.get("more")
    say = _EXPLAINED.get(str(question.get("kind")), _other)
    return [
        *([_("not accepted: {problem}").format(problem=one_line(str(problem)))] if problem else []),
        *say(question),
        *(["  " + _("{number} more wait behind it").format(number=int(more))] if more else []),
        *_commands(run_id, question, out),
    ]


def editable(question: Question) -> Any:  # noqa: ANN401  # JSON
    """Return the part of the question that a person edits and hands back."""
    match question.get("kind"):
        case "plan":
            return question["plan"]
        case "clarify":
            return {"question": question.get("question", "")}
        case "budget":
            return {"budget_usd": question["budget_usd"]}
        case _:
            return dict(question)


def _plan(question: Question) -> list[str]:
    lines = [
        _("the plan waits for you, at most ${usd}:").format(
            usd=one_line(str(question.get("estimate_usd", _FREE)))
        )
    ]
    for number, branch in enumerate(question["plan"]["branches"], start=1):
        lines.append(f"  {number}. {one_line(str(branch['question']))}")
        lines += [line for task in branch["tasks"] for line in _task(task)]
    return [*lines, *_models(question), *_cut(question)]


def _task(task: Mapping[str, Any]) -> list[str]:
    """Show a call of a plan: its tool and place, its purpose, its arguments and its fallbacks."""
    price = one_line(str(task.get("estimate_usd", _FREE)))
    cost = "" if price == _FREE else _(", at most ${usd}").format(usd=price)
    first, *others = task.get("about") or [{"tool": task["tool"]}]
    return [
        f"     {_called(first)}: {_purpose(task)}{cost}",
        *(f"       {line}" for line in [*_arguments(task), *defaults(first), *words(first)]),
        *(
            f"       {line}"
            for each in others
            for line in [_("or {tool}").format(tool=_called(each)), *words(each)]
        ),
    ]


def _called(about: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [one_line(str(about["tool"])), place(about)]))


def _purpose(task: Mapping[str, Any]) -> str:
    purpose = one_line(str(task["purpose"]))
    marks = [
        *([_("words of your documents")] if task.get("private") is True else []),
        *([_("the editor's words")] if task.get("purpose_by") == "editor" else []),
    ]
    return f"{purpose} ({', '.join(marks)})" if marks else purpose


def _arguments(task: Mapping[str, Any]) -> list[str]:
    return [f"{one_line(name)}: {_value(value)}" for name, value in task.get("arguments", {}).items()]


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return _("address {number} that {task} finds").format(
            number=int(value["at"]) + 1, task=one_line(str(value["of"]))
        )
    return one_line(str(value))


def _models(question: Question) -> list[str]:
    costs = question.get("models", {})
    most, usual = (one_line(str(costs.get(name, _FREE))) for name in ("estimate_usd", "expected_usd"))
    said = _("reading, checking and writing by models: about ${usual}, at most ${most}")
    return [] if most == _FREE else ["  " + said.format(usual=usual, most=most)]


def _cut(question: Question) -> list[str]:
    cuts = [f"     {one_line(str(cut))}" for cut in question.get("cut", ())]
    return ["  " + _("cut to fit the budget (a higher one brings it back):"), *cuts] if cuts else []


def _call(question: Question) -> list[str]:
    price = one_line(str(question.get("estimate_usd", _FREE)))
    about = next(iter(question.get("about", ())), {"tool": question["tool"]})
    return [
        _("a call waits for you, at most ${usd}: {call}").format(
            usd=price, call=f"{_called(about)}: {_purpose(question)}"
        ),
        "  " + _("why: {purpose}").format(purpose=one_line(str(question["why"]))),
        *(_argument(name, argument) for name, argument in question["arguments"].items()),
        *(f"  {line}" for line in [*defaults(about), *words(about)]),
    ]


def _argument(name: str, argument: Mapping[str, Any]) -> str:
    sources = ", ".join(one_line(str(each["location"] or each["source"])) for each in argument["from"])
    marks = [
        *([_("words of a private document")] if argument["private"] else []),
        *([_("taken from {sources}").format(sources=sources)] if argument["tainted"] else []),
    ]
    said = f"  {one_line(name)}: {one_line(str(argument['value']))}"
    return f"{said} ({'; '.join(marks)})" if marks else said


def _report(question: Question) -> list[str]:
    claims = ", ".join(f"{count} {one_line(str(verdict))}" for verdict, count in question["claims"].items())
    return [
        _("the report waits for you before it is released, ${usd} spent:").format(
            usd=one_line(str(question["cost_usd"]))
        ),
        *(f"  {line.words()}" for line in readable_lines(str(question["answer"]))),
        "  " + _("claims: {counted}").format(counted=claims or _("none")),
        *(
            "  " + _("not known: {detail}").format(detail=one_line(str(unknown["detail"])))
            for unknown in question["unknowns"]
        ),
    ]


def _budget(question: Question) -> list[str]:
    spent, cap, needed = (
        one_line(str(question[name])) for name in ("spent_usd", "budget_usd", "estimate_usd")
    )
    return [
        _(
            "the budget ran out: ${spent} of ${cap} is spent, and what was left undone may cost"
            " ${needed} more:"
        ).format(spent=spent, cap=cap, needed=needed),
        *(line for task in question["undone"] for line in _task(task)),
        f"  {one_line(str(question['note']))}",
    ]


def _other(question: Question) -> list[str]:
    kind, asked = one_line(str(question.get("kind", "it"))), one_line(str(question.get("question", "")))
    return [_("the run waits for you ({kind}): {question}").format(kind=kind, question=asked)]


def _commands(run_id: str, question: Question, out: Path | None) -> list[str]:
    resume = f"  attest resume {run_id}"
    tail = f" --out {shlex.quote(str(out))}" if out else ""
    file = "plan.json" if "plan" in question else "question.json"
    editing = [
        f"  attest show {run_id} --json > {file}   # " + _("edit it, then"),
        f"{resume} --edit {file}{tail}",
    ]
    approving = [f"{resume} --approve{tail}"]
    if question.get("cut"):
        raising = f"{resume} --approve --budget USD{tail}"
        approving += [f"{raising}   # " + _("go on with what was cut; without --approve: show it")]
    by = {
        "approve": approving,
        "raise": [f"{resume} --budget USD{tail}   # " + _("go on under this cap")],
        "edit": editing,
        "reject": [f'{resume} --reject --because "why"{tail}'],
    }
    choices = [str(choice) for choice in question.get("choices", ("approve", "edit", "reject"))]
    if question.get("kind") == "budget":
        choices = ["raise", "approve"]
    return [_("answer with one of:"), *(line for choice in choices for line in by.get(choice, ()))]


_EXPLAINED = {"plan": _plan, "call": _call, "report": _report, "budget": _budget}
