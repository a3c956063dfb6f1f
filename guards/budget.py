"""May this much be spent?"""

from __future__ import annotations

import math
import shlex
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from graph.caps import Cap
from graph.records import Decision

MICROS_PER_USD = 1_000_000
MOST_USD = 1_000_000
NEAR_PERCENT = 80

_ALLOWED = Decision(allowed=True)


def is_plan_within(estimate: int, spent: int, cap: int) -> Decision:
    """Refuse a plan whose worst case, on top of what is spent, passes the cap; all in micro-dollars."""
    if spent + estimate <= cap:
        return _ALLOWED
    return Decision(
        allowed=False,
        reason=f"the plan may cost ${usd(spent + estimate)} and the budget is ${usd(cap)}: "
        "raise --budget or ask a smaller question",
    )


def is_asked_within(budget: int, most: int) -> Decision:
    """Refuse a budget above the most this person may ask for; both in micro-dollars."""
    if budget <= most:
        return _ALLOWED
    return Decision(
        allowed=False,
        reason=f"budget_usd: ${usd(budget)} is more than ${usd(most)}, the most your account may ask for: "
        "write less, or ask an administrator",
    )


def is_raise(budget: int, cap: int) -> Decision:
    """Refuse a new budget that is no more than the one before; both in micro-dollars."""
    if budget > cap:
        return _ALLOWED
    return Decision(
        allowed=False, reason=f"budget_usd: ${usd(budget)} is no more than ${usd(cap)}, which is the cap now"
    )


def is_raise_of_use(cap: Cap, used: int, left: int) -> Decision:
    """Refuse a raise that another cap makes useless: it has no more left than `left` of this budget."""
    if cap.micros - used > left:
        return _ALLOWED
    taken = f"${usd(used)} of ${usd(cap.micros)} {cap} is spent or reserved"
    reason = f"a higher budget changes nothing, {taken}: raise {_setting(cap)}"
    return Decision(allowed=False, reason=reason)


def is_call_within(cap: Cap, used: int, amount: int, frees: float | None = None) -> Decision:
    """Refuse a call whose worst case, on top of what is used, passes the cap; all in micro-dollars.

    `frees` is when enough of it will have left the window, in seconds since the epoch, if it ever will.
    """
    if used + amount <= cap.micros:
        return _ALLOWED
    taken = f"${usd(used)} of ${usd(cap.micros)} {cap} is spent or reserved"
    wait = "" if frees is None else f"wait until {utc(frees)} or "
    return Decision(allowed=False, reason=f"{taken}: {wait}raise {_setting(cap)}")


def is_near(cap: Cap, used: int) -> bool:
    """Tell whether four fifths of a cap, or more, are used."""
    return used * 100 >= cap.micros * NEAR_PERCENT


def usd(micros: int) -> str:
    """Write micro-dollars as dollars, exactly, with at least two decimals."""
    dollars, rest = divmod(micros, MICROS_PER_USD)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{dollars}.{decimals}"


def micros_of(dollars: str) -> int | None:
    """Read dollars as whole micro-dollars, rounding down; None for what is no amount up to a million."""
    try:
        amount = Decimal(dollars)
    except InvalidOperation:
        return None
    return int(amount * MICROS_PER_USD) if amount.is_finite() and 0 <= amount <= MOST_USD else None


def utc(seconds: float) -> str:
    """Write a time, given in seconds since the epoch, for a person: the first full second not before it."""
    return datetime.fromtimestamp(math.ceil(seconds), UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _setting(cap: Cap) -> str:
    """Name the command or the setting that raises a cap."""
    if cap.window is None:
        return "--budget"
    subject = f"{cap.scope}={cap.subject}" if cap.subject else str(cap.scope)
    return f"it: attest budget set {shlex.quote(subject)} --per {cap.window} USD"
