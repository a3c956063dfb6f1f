"""One call on its way along the path, and what is counted of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from pydantic import BaseModel, ValidationError

from graph.errors import Refused
from graph.events import Announce, CallFinished, CallRetried
from graph.records import Call, Outcome, Run, Task
from graph.tool import ToolSpec


@dataclass(slots=True, kw_only=True)
class Attempt:
    """Follow a call: times in seconds; it may cost `price` at most, and `owed` is what it may have so far."""

    run: Run
    branch: str
    task: Task
    spec: ToolSpec
    announce: Announce
    started: float
    attempts: int = 0
    waited: float = 0.0
    price: int = 0
    owed: int = 0

    def arguments(self) -> BaseModel:
        """Read the arguments by the tool's own model; raise Refused, naming the first that does not fit."""
        return read_arguments(self.spec, self.task)

    def priced(self) -> ToolSpec:
        """Return the description of the tool with the price of this very call."""
        return self.spec if self.price == self.spec.price else replace(self.spec, price=self.price)

    def ended(self, outcome: Outcome, now: float, *, detail: str = "", fault: str = "") -> Call:
        """Record how the call ended."""
        return Call(
            task=self.task.id,
            branch=self.branch,
            tool=self.spec.name,
            outcome=outcome,
            started=self.started,
            ended=now,
            cost=self.owed,
            detail=detail,
            attempts=self.attempts,
            waited=round(self.waited, 4),
            fault=fault,
            estimate=self.price,
        )


def read_arguments(spec: ToolSpec, task: Task) -> BaseModel:
    """Read the arguments of a call; raise Refused, naming the first that does not fit."""
    values = {name: argument.value for name, argument in task.arguments.items()}
    try:
        return spec.arguments.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "arguments"
        raise Refused(f"{spec.name} {where}: {first['msg']}") from None


def priced(spec: ToolSpec, task: Task) -> ToolSpec:
    """Return the description of a tool with what this very call may cost; with bad arguments, as it was."""
    if not spec.worst:
        return spec
    try:
        return replace(spec, price=spec.worst(read_arguments(spec, task)))
    except Refused:
        return spec


def call_key(spec: ToolSpec, arguments: BaseModel) -> str:
    """Name a call by tool, version and normalised arguments: equal calls have equal keys."""
    body = json.dumps([spec.name, spec.version, arguments.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def shared(call: Call, attempt: Attempt) -> Call:
    """Return a call as the answer to another task that asks the same: it cost that one nothing."""
    passages = tuple(replace(p, branch=attempt.branch) for p in call.passages)
    return replace(
        call,
        task=attempt.task.id,
        branch=attempt.branch,
        passages=passages,
        cost=0,
        attempts=0,
        waited=0.0,
        estimate=0,
        tokens=None,
    )


def finished(call: Call) -> CallFinished:
    """Announce how a call ended."""
    return CallFinished(
        task=call.task,
        tool=call.tool,
        outcome=call.outcome,
        seconds=round(call.ended - call.started, 4),
        cost=call.cost,
        found=call.found,
        detail=call.detail,
        replayed=call.replayed,
        cached=call.cached,
        attempts=call.attempts,
    )


def retried(attempt: Attempt, number: int, seconds: float, reason: str) -> None:
    """Announce that a call is asked once more, after some seconds."""
    attempt.announce(
        CallRetried(
            task=attempt.task.id,
            tool=attempt.spec.name,
            attempt=number,
            seconds=round(seconds, 3),
            reason=reason,
        )
    )
