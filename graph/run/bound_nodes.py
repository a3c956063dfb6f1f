"""Give each node the services it works with, by explicit partials that mypy checks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from graph.options import MOST_BUDGET
from graph.ports import Services
from graph.run.durable_calls import call_once, durable_define
from graph.run.event_sink import announce
from graph.state import Update
from graph.tool import Group, Toolbox, ToolSpec, known_sources
from guards.plan_fitting import Foresee
from nodes.approve_call import approve_call
from nodes.approve_plan import approve_plan
from nodes.approve_report import approve_report
from nodes.check import check
from nodes.clarify import clarify
from nodes.dispatch import dispatch
from nodes.gather import gather
from nodes.guard_budget import guard_budget
from nodes.guard_evidence import guard_evidence
from nodes.guard_report import guard_report
from nodes.guard_request import guard_request
from nodes.investigate import investigate
from nodes.plan import plan
from nodes.raise_budget import raise_budget
from nodes.read import read
from nodes.recall import recall
from nodes.settle import settle
from nodes.verify import verify
from nodes.write import write

BoundNode = Callable[..., Awaitable[Update]]


def bound_nodes(services: Services, forecast: Foresee) -> dict[str, BoundNode]:
    """Return every node with its services, by its name."""
    return {
        **_initializing(services, forecast),
        **_orchestrating(services, forecast),
        **_validating(services),
        **_synthesizing(services, forecast),
    }


def _initializing(s: Services, forecast: Foresee) -> dict[str, BoundNode]:
    specs, clock = _specs(s.toolbox), s.clock
    tools, sources, prices = _names(specs), known_sources(specs), _prices(specs)
    define = partial(durable_define, s.toolbox)
    return {
        "guard_request": partial(
            guard_request,
            announce=announce,
            runs=s.runs,
            clock=clock,
            defaults=s.defaults,
            bounded=s.bounded,
        ),
        "recall": partial(recall, announce=announce, memory=s.memory, toolbox=s.toolbox),
        "clarify": partial(clarify, clock=clock),
        "plan": partial(
            plan, announce=announce, forecast=forecast, planner=s.planner, tools=tools, sources=sources
        ),
        "guard_budget": partial(
            guard_budget, announce=announce, calls=s.calls, clock=clock, forecast=forecast, prices=prices
        ),
        "approve_plan": partial(
            approve_plan,
            prices=prices,
            forecast=forecast,
            runs=s.runs,
            clock=clock,
            define=define,
            most=_most(s),
        ),
    }


def _orchestrating(s: Services, forecast: Foresee) -> dict[str, BoundNode]:
    specs, clock, evidence = _specs(s.toolbox), s.clock, s.evidence
    call, define = partial(call_once, s.toolbox), partial(durable_define, s.toolbox)
    return {
        "dispatch": partial(dispatch, announce=announce, clock=clock),
        "investigate": partial(investigate, call=call, holds=s.toolbox.hold, evidence=evidence, clock=clock),
        "gather": partial(
            gather,
            announce=announce,
            calls=s.calls,
            forecast=forecast,
            planner=s.planner,
            reader=s.reader,
            evidence=evidence,
            tools=_names(specs),
        ),
        "approve_call": partial(approve_call, evidence=evidence, clock=clock),
        "raise_budget": partial(
            raise_budget,
            calls=s.calls,
            prices=_prices(specs),
            runs=s.runs,
            clock=clock,
            define=define,
            most=_most(s),
        ),
    }


def _validating(s: Services) -> dict[str, BoundNode]:
    return {
        "guard_evidence": partial(guard_evidence, announce=announce, evidence=s.evidence, clock=s.clock),
        "read": partial(read, reader=s.reader, evidence=s.evidence),
        "check": partial(check, judge=s.judge, evidence=s.evidence),
    }


def _synthesizing(s: Services, forecast: Foresee) -> dict[str, BoundNode]:
    """Bind the nodes that write and release the report, and the one that settles the run."""
    calls, evidence, clock = s.calls, s.evidence, s.clock
    groups = {spec.name: str(spec.group) for spec in _specs(s.toolbox)}
    return {
        "write": partial(write, announce=announce, writer=s.writer, clock=clock),
        "verify": partial(verify, evidence=evidence),
        "guard_report": partial(guard_report, groups=groups),
        "approve_report": partial(
            approve_report, calls=calls, evidence=evidence, forecast=forecast, clock=clock
        ),
        "settle": partial(
            settle, announce=announce, calls=calls, evidence=evidence, clock=clock, forecast=forecast
        ),
    }


def _specs(toolbox: Toolbox) -> list[ToolSpec]:
    """Return the tools that a plan may call: all but the models."""
    return [spec for spec in toolbox.specs() if spec.group is not Group.MODEL]


def _prices(specs: list[ToolSpec]) -> dict[str, int]:
    return {spec.name: spec.price for spec in specs}


def _names(specs: list[ToolSpec]) -> frozenset[str]:
    return frozenset(spec.name for spec in specs)


def _most(services: Services) -> int:
    """Return the highest budget that a person may set in a run, in micro-dollars."""
    return services.defaults.budget if services.bounded else MOST_BUDGET
