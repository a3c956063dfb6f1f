"""Take a finished run back to where its calls began, so that it can do what it left undone."""

from __future__ import annotations

from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from graph.errors import Refused
from graph.records import Run

_BEFORE = {"dispatch": "approve_plan", "guard_budget": "plan"}
"""Where to go back to, best first, and the node that leads there without asking anybody again."""


async def rewind(graph: CompiledStateGraph[Any, Any, Any, Any], config: RunnableConfig, run: Run) -> None:
    """Fork a run, under what it may do now, at its first call; its journal has every call it completed.

    Raises Refused when it never came so far.
    """
    history = [snapshot async for snapshot in graph.aget_state_history(config)]
    for node, before in _BEFORE.items():
        reached = [snapshot for snapshot in history if snapshot.next == (node,)]
        if reached:
            await graph.aupdate_state(reached[-1].config, {"run": run, "refusal": ""}, as_node=before)
            return
    raise Refused(f"run {run.id} ended before it was planned: ask again")
