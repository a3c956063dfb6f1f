"""Fork the checkpoints of a finished run where its calls began, so that it can do what is left to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import StateSnapshot

from graph.errors import Refused
from graph.records import Run

_BEFORE = {"dispatch": "approve_plan", "guard_budget": "plan"}
"""The nodes to go back to, best first, each with the node that leads there without asking again."""


async def fork_at_calls(
    graph: CompiledStateGraph[Any, Any, Any, Any], config: RunnableConfig, run: Run
) -> None:
    """Fork a run before its first call, with the options it has now; its journal has the completed calls.

    A run whose plan was cut to fit the budget goes back to where the plan was whole. Raises Refused for a run
    that ended before it was planned.
    """
    history = [snapshot async for snapshot in graph.aget_state_history(config)]
    for node in reversed(_BEFORE) if _was_cut(history) else _BEFORE:
        reached = [snapshot for snapshot in history if snapshot.next == (node,)]
        if reached:
            update = {"run": run, "refusal": ""}
            await graph.aupdate_state(reached[-1].config, update, as_node=_BEFORE[node])
            return
    raise Refused(f"run {run.id} ended before it was planned: ask again")


def _was_cut(history: Sequence[StateSnapshot]) -> bool:
    return any(gap.kind == "plan_cut" for gap in history[0].values.get("unknowns", ())) if history else False
