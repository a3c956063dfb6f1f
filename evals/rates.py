"""Make a metric of outcomes: their rate with its 95 % interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evals.intervals import wilson
from evals.result import Metric


def rate(
    name: str,
    outcomes: Iterable[bool],
    *,
    floor: Iterable[bool] = (),
    target: float | None = None,
    lower: bool = False,
) -> Iterator[Metric]:
    """Yield the share of outcomes with its Wilson interval; nothing without outcomes."""
    found, plain = list(outcomes), list(floor)
    if found:
        low, high = wilson(sum(found), len(found))
        yield Metric(
            name=name,
            value=sum(found) / len(found),
            n=len(found),
            low=low,
            high=high,
            floor=sum(plain) / len(plain) if plain else None,
            target=target,
            lower_is_better=lower,
        )
