"""Wire the graph of a run from one table of its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langgraph.graph import END, START, StateGraph

from graph.ports import Services
from graph.records import Phase
from graph.run import routes
from graph.run.bound_nodes import bound_nodes
from graph.state import Answer, Ask, Asking, Checking, Investigation, Reading, ResearchState
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


class Untraced(Runnable[Any, Any]):
    """Wrap a function and its annotations so that LangGraph does not trace it like a model.

    Tracing a route starts two tasks and four callbacks; the nodes it leads to are in the trace anyway.
    """

    def __init__(self, choose: Callable[[Any], Any]) -> None:
        update_wrapper(self, choose)
        self.name = choose.__name__
        self._choose = choose

    def __call__(self, state: object) -> object:
        """Return what the function chooses."""
        return self._choose(state)

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002, ANN401, ARG002 - the library's signature
        """Return what the function chooses."""
        return self._choose(input)

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Any:  # noqa: A002, ANN401, ARG002 - the library's signature
        """Return what the function chooses."""
        return self._choose(input)


Research = StateGraph[ResearchState, None, Ask, Answer]


@dataclass(frozen=True, slots=True)
class Step:
    """Describe a node: its phase, its function, the nodes it may lead to, and the route that chooses."""

    phase: Phase
    verb: Callable[..., Any]
    to: tuple[str, ...]
    route: Callable[..., Any] | None = None
    receives: type = ResearchState
    deferred: bool = False

    @property
    def name(self) -> str:
        """Return the name of the node: that of its function."""
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
    Step(SYNTHESIZING, write, ("verify",), deferred=True),
    Step(SYNTHESIZING, verify, ("guard_report",)),
    Step(SYNTHESIZING, guard_report, ("approve_report", "settle"), routes.after_report),
    Step(SYNTHESIZING, approve_report, ("settle",)),
    Step(MONITORING, settle, (END,)),
)


def build(services: Services, forecast: Foresee = without_models) -> Research:
    """Wire the table over some services; the caller compiles it, with a checkpointer or without."""
    graph: Research = StateGraph(ResearchState, input_schema=Ask, output_schema=Answer)
    graph.add_edge(START, STEPS[0].name)
    nodes = bound_nodes(services, forecast)
    for step in STEPS:
        graph.add_node(
            step.name,
            nodes[step.name],
            input_schema=step.receives,
            defer=step.deferred,
            metadata={"phase": str(step.phase)},
        )
        if step.route:
            graph.add_conditional_edges(step.name, Untraced(step.route), list(step.to))
        else:
            graph.add_edge(step.name, step.to[0])
    return graph
