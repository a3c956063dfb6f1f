"""Measure how far the estimate a person is shown is from the bill, over models simulated."""

from __future__ import annotations

from evals.result import Metric
from evals.suite import Setup
from evals.suites.gateway import estimated, median


async def estimates(setup: Setup) -> tuple[Metric, ...]:
    """Return what simple questions cost for each dollar that was foreseen: more than 1 broke the estimate."""
    asked = await estimated(setup)
    return (
        median("bill ÷ most that was estimated", [each.spent / each.estimate for each in asked], 1.0),
        median("bill ÷ what was expected", [each.spent / each.expected for each in asked]),
    )
