"""Hold the result of a suite, and write it as JSON or as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

_KEPT = ("name", "value", "n", "low", "high", "floor", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Hold a value over `n` cases with its 95 % interval, the floor it must beat and the target to meet.

    `lower_is_better` reverses both comparisons, for seconds and error rates.
    """

    name: str
    value: float
    n: int
    low: float
    high: float
    floor: float | None = None
    target: float | None = None
    lower_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the target is met; None when there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.lower_is_better else self.value >= self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteResult:
    """Hold the result of a suite: its data, date (ISO 8601 in UTC), metrics and example cases.

    `passed` is None for a suite that measures and does not judge.
    """

    suite: str
    data: str
    date: str
    metrics: tuple[Metric, ...]
    cases: tuple[Mapping[str, Any], ...] = ()
    passed: bool | None = None


def to_json(measured: SuiteResult) -> dict[str, Any]:
    """Return a result as JSON."""
    return {
        **asdict(measured),
        "metrics": [{key: getattr(metric, key) for key in _KEPT} for metric in measured.metrics],
        "cases": [dict(case) for case in measured.cases],
    }


def show(measured: SuiteResult, console: Console) -> None:
    """Print a result as a table."""
    table = Table(title=f"{measured.suite}: {measured.data}", title_justify="left")
    for heading in ("metric", "value", "95 % interval", "n", "floor", "target", ""):
        table.add_column(heading, justify="left" if heading == "metric" else "right")
    for metric in measured.metrics:
        table.add_row(
            metric.name,
            f"{metric.value:.3f}",
            f"{metric.low:.3f} to {metric.high:.3f}",
            str(metric.n),
            _number(metric.floor),
            _number(metric.target),
            {True: "met", False: "missed", None: ""}[metric.met],
        )
    console.print(table)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
