"""May this much be spent?"""

from __future__ import annotations

from graph.records import Decision

MICROS_PER_USD = 1_000_000


def is_plan_within(estimate: int, spent: int, cap: int) -> Decision:
    """Refuse a plan whose worst case, on top of what is spent, passes the cap; all in micro-dollars."""
    if spent + estimate <= cap:
        return Decision(allowed=True)
    return Decision(
        allowed=False,
        reason=f"the plan may cost ${usd(spent + estimate)} and the budget is ${usd(cap)}: "
        "raise --budget or ask a smaller question",
    )


def usd(micros: int) -> str:
    """Write micro-dollars as dollars, exactly, with at least two decimals."""
    dollars, rest = divmod(micros, MICROS_PER_USD)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{dollars}.{decimals}"
