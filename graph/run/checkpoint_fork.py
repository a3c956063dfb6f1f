"""Take a finished run back to where its calls began, so that it can do what it left undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import StateSnapshot

from graph.errors import Refused
from graph.records import Run

_BEFORE = {"dispatch": "approve_plan", "guard_budget": "plan"}
"""Where to go back to, best first, and the node that leads there without asking anybody again."""


async def rewind(graph: CompiledStateGraph[Any, Any, Any, Any], config: RunnableConfig, run: Run) -> None:
    """Fork a run, under what it may do now, at its first call; its journal has every call it completed.

    A plan that was cut to fit the budget goes back to where it was whole. Raises Refused when it never came
    so far.
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
