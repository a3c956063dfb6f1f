"""Compare the estimate that a person sees with the bill, over simulated models."""

from __future__ import annotations

from evals.result import Metric
from evals.suite import Setup
from evals.suites.gateway import estimated, median


async def estimates(setup: Setup) -> tuple[Metric, ...]:
    """Return the cost of simple questions over their estimate; more than 1 exceeds the estimate."""
    asked = await estimated(setup)
    return (
        median("bill ÷ most that was estimated", [each.spent / each.estimate for each in asked], 1.0),
        median("bill ÷ what was expected", [each.spent / each.expected for each in asked]),
    )
