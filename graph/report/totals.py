"""Write what a run cost and how long it took, for its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from graph.costs import Cost, Tokens
from graph.records import Phase
from guards.budget import usd


def costs_in(cost: Cost, estimate: int | None) -> dict[str, Any]:
    """Write what a run cost, and the most it was planned to cost, in dollars."""
    return {
        "usd": usd(cost.micros),
        **({} if estimate is None else {"estimate_usd": usd(estimate)}),
        "calls": cost.calls,
        "by_tool": {tool: usd(micros) for tool, micros in cost.by_tool.items()},
        "by_model": {model: usd(micros) for model, micros in cost.by_model.items()},
        **({"tokens": {model: _counted(each) for model, each in cost.tokens.items()}} if cost.tokens else {}),
    }


def _counted(tokens: Tokens) -> dict[str, int]:
    cached = {"cached": tokens.cached} if tokens.cached else {}
    return {"prompt": tokens.prompt, **cached, "answer": tokens.answer}


def timings_in(started: float, ended: float, entered: Mapping[str, float]) -> dict[str, Any]:
    """Write when a run began and ended, and how long each phase took; times in seconds since the epoch."""
    begun = [(phase, at) for phase in Phase if (at := entered.get(phase)) is not None]
    ends = [at for _, at in begun[1:]] + [ended]
    return {
        "started": _iso(started),
        "finished": _iso(ended),
        "seconds": _seconds(started, ended),
        "phases": {str(phase): _seconds(at, end) for (phase, at), end in zip(begun, ends, strict=True)},
    }


def _seconds(start: float, end: float) -> float:
    """Return how long it took; 0 if the clock was set back meanwhile."""
    return max(0.0, round(end - start, 3))


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
