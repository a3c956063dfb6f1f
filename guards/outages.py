"""Which calls and models failed, since when, and what does the answer lack because of it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from graph.history import ModelUse
from graph.records import Branch, Call, Claim, Draft, Outcome, Plan, Unknown, Verdict

UNAVAILABLE = "Unavailable"
UNUSABLE = "Unusable"
REFUSED = "Refused"
EXHAUSTED = "Exhausted"
BY_A_PERSON = "a person stopped it"
"""Why a run ended that a person stopped."""
_SHOWN = 3
_QUIET = frozenset({Outcome.DONE, Outcome.UNNEEDED})


def losses(plan: Plan, calls: Sequence[Call], groups: Mapping[str, str]) -> Iterable[Unknown]:
    """Name every call that did not succeed, equal ones together; `groups` maps each tool to its group."""
    yield from _outages(plan, calls, groups)
    yield from _stopped(calls)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for call in calls:
        if call.outcome not in _QUIET | {Outcome.STOPPED} and call.fault != UNAVAILABLE:
            reason = call.detail.removeprefix(f"{call.tool} ({groups.get(call.tool, '')}): ")
            alike.setdefault((str(call.outcome), call.tool, reason), []).append(call.task)
    for (outcome, tool, detail), tasks in alike.items():
        yield Unknown(kind=f"call_{outcome}", detail=f"{tool} ({_tasks(tasks)}): {detail}")


def is_cut(calls: Iterable[Call]) -> bool:
    """Tell whether anything planned was lost: a call that was stopped, or failed and no stand-in made good.

    A source that was dropped, because it cannot be used or must not be reached, is named and does not count.
    """
    chains: dict[str, list[Call]] = {}
    for call in calls:
        chains.setdefault(call.task.partition("~")[0], []).append(call)
    return any(all(map(_is_lost, chain)) or any(map(_is_stopped, chain)) for chain in chains.values())


def unpaid(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls that a cap stopped before they began, with those that needed them; else none.

    What was cut from the plan belongs to no line of inquiry: the person knew it when the plan was shown.
    """
    skipped = tuple(call for call in calls if call.outcome is Outcome.SKIPPED and call.branch)
    stopped = {call.branch for call in skipped if call.fault == EXHAUSTED}
    return tuple(call for call in skipped if call.branch in stopped)


def _is_lost(call: Call) -> bool:
    dropped = call.fault == UNUSABLE or (call.fault == REFUSED and call.attempts)
    return call.outcome not in _QUIET and not dropped


def _is_stopped(call: Call) -> bool:
    return call.outcome is Outcome.STOPPED


def _outages(plan: Plan, calls: Sequence[Call], groups: Mapping[str, str]) -> Iterable[Unknown]:
    lost: dict[str, list[Call]] = {}
    for call in calls:
        if call.outcome is Outcome.FAILED and call.fault == UNAVAILABLE:
            lost.setdefault(call.tool, []).append(call)
    for tool, mine in lost.items():
        since = datetime.fromtimestamp(min(call.started for call in mine), UTC)
        why = "breaker open" if any(not call.attempts for call in mine) else mine[-1].detail
        lack = _lack(plan, calls, tool, groups)
        yield Unknown(kind="unavailable", detail=f"{tool} unavailable from {since:%H:%M} UTC, {why}; {lack}")


def _lack(plan: Plan, calls: Sequence[Call], tool: str, groups: Mapping[str, str]) -> str:
    """Count the lines of inquiry that looked for a kind of source and have none of it."""
    group = groups.get(tool, "")
    asking = [branch for branch in plan.branches if _asks(branch, group, groups)]
    served = {call.branch for call in calls if call.found and groups.get(call.tool) == group}
    without = sum(branch.id not in served for branch in asking)
    if not without:
        return f"its lines of inquiry have other {group} sources"
    verb = "has" if without == 1 else "have"
    return f"{without} of {len(asking)} lines of inquiry {verb} no {group} source"


def _asks(branch: Branch, group: str, groups: Mapping[str, str]) -> bool:
    return any(groups.get(tool) == group for task in branch.tasks for tool in (task.tool, *task.fallbacks))


def _stopped(calls: Sequence[Call]) -> Iterable[Unknown]:
    stopped = [call for call in calls if _is_stopped(call)]
    if stopped:
        why = next((call.detail for call in stopped if call.fault), stopped[0].detail)
        made = sum(call.outcome is Outcome.DONE for call in calls)
        yield Unknown(kind="stopped", detail=f"{why}: {len(stopped)} calls were not finished, {made} were")


def _tasks(tasks: Sequence[str]) -> str:
    more = len(tasks) - _SHOWN
    return ", ".join(tasks[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


EXTRACTIVE = "extractive"
EMERGENCY = "emergency"
"""The last tier: no engine answers for a role, and the report lists sources alone."""


def answered_by(uses: Iterable[ModelUse]) -> dict[str, str]:
    """Return for each role that asked a model who answered it last: a model, or the extractive engine."""
    answered: dict[str, str] = {}
    for use in uses:
        done = use.outcome is Outcome.DONE
        answered[use.role] = use.model if done else answered.get(use.role, EXTRACTIVE)
    return answered


def degradations(uses: Sequence[ModelUse]) -> Iterable[Unknown]:
    """Name each model that failed a role, since when and why, and who did its work."""
    answered = answered_by(uses)
    failed: dict[tuple[str, str], list[ModelUse]] = {}
    for use in uses:
        if use.outcome is not Outcome.DONE:
            failed.setdefault((use.role, use.model), []).append(use)
    for (role, model), mine in failed.items():
        since = datetime.fromtimestamp(min(use.started for use in mine), UTC)
        why = "breaker open" if any(use.refused for use in mine) else mine[-1].detail
        yield Unknown(
            kind="degraded",
            detail=f"{role}: {model} failed from {since:%H:%M} UTC, {why}; {answered[role]} did its work",
        )


def unplanned(plan: Plan) -> Iterable[Unknown]:
    """Name the planner if it failed: there is no line of inquiry but one with the name of the last tier."""
    if all(branch.id == EMERGENCY for branch in plan.branches):
        yield Unknown(
            kind=EMERGENCY, detail="planner: it failed unexpectedly, the question is searched as it is"
        )


def emergencies(
    draft: Draft, roots: Sequence[Branch], claims: Sequence[Claim], verdicts: Mapping[str, Verdict]
) -> Iterable[Unknown]:
    """Name the later roles that failed: else every claim is judged and every question has its section."""
    unjudged = sum(claim.id not in verdicts for claim in claims)
    if unjudged:
        yield Unknown(kind=EMERGENCY, detail=f"judge: it failed unexpectedly, {unjudged} claims are unjudged")
    if roots and not draft.sections:
        yield Unknown(kind=EMERGENCY, detail="writer: it failed unexpectedly")


def in_emergency(unknowns: Iterable[Unknown]) -> dict[str, str]:
    """Return for each role that no engine filled that it was the last tier."""
    return {u.detail.partition(":")[0]: EMERGENCY for u in unknowns if u.kind == EMERGENCY}
