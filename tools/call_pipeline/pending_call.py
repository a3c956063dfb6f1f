"""A call on its way through the pipeline: what is counted of it, and what it announces."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import BaseModel, ValidationError

from graph.errors import Refused
from graph.events import Announce, CallFinished, CallRetried, CallStarted
from graph.records import Call, Outcome, Run, Task
from graph.tool import ToolSpec

Trace = Callable[[str, str], None]
"""Takes the name of a tool and of the step that its call begins."""


@dataclass(slots=True, kw_only=True)
class PendingCall:
    """Hold a call that is under way: times in seconds, amounts in micro-dollars.

    `price` is the most it may cost, `owed` what it may have cost so far. `arguments` and `key` are set once
    the arguments are known to be valid. `waited` counts the time in the bulkhead and the rate limit.
    """

    run: Run
    branch: str
    task: Task
    spec: ToolSpec
    announce: Announce
    trace: Trace
    started: float
    price: int
    arguments: BaseModel | None = None
    key: str = ""
    attempts: int = 0
    waited: float = 0.0
    owed: int = 0

    @property
    def valid_arguments(self) -> BaseModel:
        """Return the arguments; call it only after they were validated."""
        assert self.arguments is not None  # noqa: S101  # the pipeline validates before it uses them
        return self.arguments

    @property
    def domain(self) -> str:
        """Return the host that the call puts load on, or nothing if its tool is one service."""
        return self.spec.domain(self.valid_arguments) if self.spec.domain else ""

    @property
    def priced_spec(self) -> ToolSpec:
        """Return the description of the tool with the price of this call."""
        return self.spec if self.price == self.spec.price else replace(self.spec, price=self.price)

    @property
    def is_cacheable(self) -> bool:
        """Tell whether the result may serve other runs."""
        return self.spec.deterministic and self.spec.effects == "read" and self.spec.ttl > 0

    def begin(self, step: str) -> None:
        """Note in the trace that a step begins."""
        self.trace(self.spec.name, step)

    def ended(self, outcome: Outcome, now: float, *, detail: str = "", fault: str = "") -> Call:
        """Return the record of how the call ended."""
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

    def answered_by(self, call: Call, now: float) -> Call:
        """Return an equal call as the answer to this one, which then costs nothing."""
        return replace(
            call,
            task=self.task.id,
            branch=self.branch,
            passages=tuple(replace(passage, branch=self.branch) for passage in call.passages),
            started=self.started,
            ended=now,
            cost=0,
            attempts=0,
            waited=0.0,
            estimate=0,
            tokens=None,
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


def with_price(spec: ToolSpec, task: Task) -> ToolSpec:
    """Return the description of a tool with the most that this call may cost.

    A call whose arguments do not fit leaves it unchanged.
    """
    if not spec.worst:
        return spec
    try:
        return replace(spec, price=spec.worst(read_arguments(spec, task)))
    except Refused:
        return spec


def call_key(spec: ToolSpec, arguments: BaseModel) -> str:
    """Return the key of a call, which equal calls share: a hash of tool, version and normalised arguments."""
    body = json.dumps([spec.name, spec.version, arguments.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def started(call: PendingCall) -> CallStarted:
    """Return the announcement that a call begins."""
    return CallStarted(task=call.task.id, tool=call.task.tool, purpose=call.task.purpose)


def retried(call: PendingCall, number: int, seconds: float, reason: str) -> CallRetried:
    """Return the announcement that an attempt with this number follows after some seconds."""
    return CallRetried(
        task=call.task.id, tool=call.spec.name, attempt=number, seconds=round(seconds, 3), reason=reason
    )


def finished(call: Call) -> CallFinished:
    """Return the announcement of how a call ended."""
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
