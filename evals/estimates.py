"""Measure how far a plan's estimate is from the bill, by the runs that `evals.gateway` makes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from evals.gateway import Asked, estimated
from evals.result import Metric
from evals.suite import Setup


async def estimates(setup: Setup) -> tuple[Metric, ...]:
    """Return what was spent for each dollar of the estimate, at most and usual, over simple questions."""
    asked = await estimated(setup)
    return (
        _ratio("spent ÷ estimate (the most)", [(each.spent, each.estimate) for each in asked], target=1.0),
        _ratio("spent ÷ expected (the usual)", [(each.spent, each.expected) for each in asked]),
    )


def _ratio(name: str, pairs: Sequence[tuple[float, float]], target: float | None = None) -> Metric:
    """Give the median; its interval is the least and the most. An estimate below the bill is above 1."""
    ratios = [spent / foreseen for spent, foreseen in pairs]
    return Metric(
        name=name,
        value=statistics.median(ratios),
        n=len(ratios),
        low=min(ratios),
        high=max(ratios),
        target=target,
        lower_is_better=True,
    )
