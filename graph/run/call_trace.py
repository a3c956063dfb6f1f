"""Show the steps of a call in the trace of its run."""

from __future__ import annotations

from datetime import UTC, datetime

from langsmith import get_current_run_tree


def trace_step(tool: str, step: str) -> None:
    """Add to the trace that a call of a tool begins a step; without a trace, do nothing."""
    if span := get_current_run_tree():
        span.add_event({"name": f"{tool}: {step}", "time": datetime.now(UTC).isoformat()})
