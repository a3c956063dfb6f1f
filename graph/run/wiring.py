"""The wiring of a run, as one table."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from langgraph.func import task as durable
from langgraph.graph import END, START, StateGraph

from graph.definition import Definition
from graph.ports import Services
from graph.records import Call, Phase, Run, Task
from graph.run import routes
from graph.run.event_sink import announce
from graph.run.untraced import Untraced
from graph.state import Answer, Ask, Asking, Checking, Investigation, Reading, ResearchState
from graph.tool import SEARCHED, Group, Toolbox, ToolSpec
from guards.option_bounds import MOST_BUDGET
from guards.plan_fitting import Foresee, without_models
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

Research = StateGraph[ResearchState, None, Ask, Answer]


@dataclass(frozen=True, slots=True)
class Step:
    """Place a node: its phase, its verb, the nodes it leads to, and who chooses among them."""

    phase: Phase
    verb: Callable[..., Any]
    to: tuple[str, ...]
    by: Callable[..., Any] | None = None
    receives: type = ResearchState
    waits: bool = False

    @property
    def name(self) -> str:
        """Return the name of the node: the verb's own."""
        return self.verb.__name__


_GATHERED = ("approve_call", "dispatch", "raise_budget", "guard_evidence")
INITIALIZING, ORCHESTRATING, VALIDATING, SYNTHESIZING, MONITORING = Phase
STEPS = (
    Step(INITIALIZING, guard_request, ("recall", "settle"), routes.after_request),
    Step(INITIALIZING, recall, ("clarify", "plan"), routes.after_recall),
    Step(INITIALIZING, clarify, ("plan", "settle"), routes.after_clarify),
    Step(INITIALIZING, plan, ("guard_budget",)),
    Step(INITIALIZING, guard_budget, ("approve_plan", "dispatch", "settle"), routes.after_budget),
    Step(INITIALIZING, approve_plan, ("dispatch", "settle"), routes.after_approval),
    Step(ORCHESTRATING, dispatch, ("investigate",), routes.to_investigate),
    Step(ORCHESTRATING, investigate, ("gather",), receives=Investigation),
    Step(ORCHESTRATING, gather, _GATHERED, routes.after_gather),
    Step(ORCHESTRATING, approve_call, ("dispatch",), receives=Asking),
    Step(ORCHESTRATING, raise_budget, ("dispatch", "guard_evidence"), routes.after_raise),
    Step(VALIDATING, guard_evidence, ("read", "write"), routes.to_read),
    Step(VALIDATING, read, ("check", "write"), routes.to_check, receives=Reading),
    Step(VALIDATING, check, ("write",), receives=Checking),
    Step(SYNTHESIZING, write, ("verify",), waits=True),
    Step(SYNTHESIZING, verify, ("guard_report",)),
    Step(SYNTHESIZING, guard_report, ("approve_report", "settle"), routes.after_report),
    Step(SYNTHESIZING, approve_report, ("settle",)),
    Step(MONITORING, settle, (END,)),
)


def build(services: Services, forecast: Foresee = without_models) -> Research:
    """Wire the table with what the nodes work with; the caller compiles it, with a saver or bare."""
    graph: Research = StateGraph(ResearchState, input_schema=Ask, output_schema=Answer)
    graph.add_edge(START, STEPS[0].name)
    bag = {**_bag(services), "forecast": forecast}
    for step in STEPS:
        verb = _bound(step.verb, bag)
        graph.add_node(
            step.name, verb, input_schema=step.receives, defer=step.waits, metadata={"phase": str(step.phase)}
        )
        if step.by:
            graph.add_conditional_edges(step.name, Untraced(step.by), list(step.to))
        else:
            graph.add_edge(step.name, step.to[0])
    return graph


def _bag(services: Services) -> dict[str, object]:
    """Name what a verb may ask for by a keyword-only parameter."""
    specs = [spec for spec in services.toolbox.specs() if spec.group is not Group.MODEL]
    prices = {spec.name: spec.price for spec in specs}
    named = {field.name: getattr(services, field.name) for field in fields(services)}
    return {
        **named,
        "announce": announce,
        "most": services.defaults.budget if services.bounded else MOST_BUDGET,
        "author": services.writer,
        "prices": prices,
        "tools": frozenset(prices),
        "groups": {spec.name: str(spec.group) for spec in specs},
        "sources": known_sources(specs),
        "call": partial(call_once, services.toolbox),
        "holds": services.toolbox.hold,
        "define": partial(durable_define, services.toolbox),
    }


def known_sources(specs: Sequence[ToolSpec]) -> frozenset[str]:
    """Return what a run may name as its sources: the kinds of search that have a tool, and those tools."""
    searching = [spec for spec in specs if spec.group in SEARCHED]
    named = {*(str(spec.group) for spec in searching), *(spec.name for spec in searching)}
    return frozenset({str(Group.DOCUMENTS), "documents.search", *named})


def _bound(verb: Callable[..., Any], bag: Mapping[str, object]) -> Callable[..., Any]:
    wanted = [p.name for p in inspect.signature(verb).parameters.values() if p.kind is p.KEYWORD_ONLY]
    return partial(verb, **{name: bag[name] for name in wanted})


async def call(toolbox: Toolbox, run: Run, branch: str, task: Task) -> Call:
    """Make a call by the toolbox, announcing it to whoever listens to the run."""
    return await toolbox.call(run, branch, task, announce)


durable_call = durable(call)
"""Persist the result of a call as it completes: a resumed run does not repeat it.

LangGraph prepares a function of a module once, and a closure or a renamed one anew at every call.
"""


async def define(toolbox: Toolbox, tools: Sequence[str]) -> Sequence[Definition]:
    """Say what tools are."""
    return await toolbox.define(tools)


durable_define = durable(define)
"""Persist what a person is shown of tools: who resumes the run finds it as it was, and that is approved."""


async def call_once(toolbox: Toolbox, run: Run, branch: str, task: Task) -> Call:
    """Make a durable call and see that the result is its own.

    A resumed node gets results back in the order its calls were begun in, which timing decides: what belongs
    to another call is left, and the journal has this one's.
    """
    done: Call = await durable_call(toolbox, run, branch, task)
    return done if done.task == task.id else await toolbox.call(run, branch, task, announce)
