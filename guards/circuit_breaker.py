"""May this service be asked now? A circuit breaker as a value: closed, open or half-open."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from graph.records import Decision

SLOTS = 10
MOST_DOUBLINGS = 30

Slot = tuple[int, int, int]
"""Count the outcomes of a tenth of the window: which tenth since 1970, how many came, how many failed."""


class BreakerState(StrEnum):
    """Name the states of a breaker."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """Hold the state of one breaker; times in seconds since the epoch.

    The state began at `since`. While open, and while half-open with its probe under way, calls are refused
    until `until`. `opened` is when the service was last seen to fail after it had worked, `trips` how often
    it opened since it was calm, `cause` what opened it. `epoch` counts the changes: the outcome of a call
    let through in an earlier epoch says nothing about this one. The rest is counted while closed: `failures`
    in a row, the `outcomes` of the window, and `asked`, the moment before which the service wants no call.
    """

    state: BreakerState = BreakerState.CLOSED
    since: float = 0.0
    until: float = 0.0
    trips: int = 0
    opened: float = 0.0
    cause: str = ""
    epoch: int = 0
    failures: int = 0
    asked: float = 0.0
    outcomes: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerRule:
    """Say when a breaker opens, and for how long; times in seconds.

    It opens after `consecutive` failures in a row, or once `rate` of at least `least` outcomes within
    `window` failed. It stays open for `base`, doubled for each trip before, up to `longest`; the trips are
    forgotten once it was closed for `longest`. A service is believed when it asks for a pause, up to
    `most_asked`. A probe without an outcome counts as lost after `probe`: longer than a call may take.
    """

    consecutive: int = 5
    rate: float = 0.5
    least: int = 10
    window: float = 30.0
    base: float = 15.0
    longest: float = 300.0
    most_asked: float = 86_400.0
    probe: float = 120.0


CLOSED = Circuit()
DEFAULT = BreakerRule()
_LET_THROUGH = Decision(allowed=True)


def is_call_let_through(
    circuit: Circuit, now: float, rule: BreakerRule = DEFAULT
) -> tuple[Decision, Circuit]:
    """Let a call through a closed breaker, and one probe through a breaker whose pause is over."""
    if circuit.state is BreakerState.CLOSED:
        return _LET_THROUGH, circuit
    if now < circuit.since:  # the clock was set back: the pause begins again, and is no longer than it was
        circuit = replace(circuit, since=now, until=now + (circuit.until - circuit.since))
    if now < circuit.until:
        return Decision(allowed=False, reason=_reason(circuit)), circuit
    probing = replace(
        circuit, state=BreakerState.HALF_OPEN, since=now, until=now + rule.probe, epoch=circuit.epoch + 1
    )
    return _LET_THROUGH, probing


def after_success(
    circuit: Circuit, now: float, rule: BreakerRule = DEFAULT, *, epoch: int | None = None
) -> Circuit:
    """Count a success; that of a probe closes the breaker. Without `epoch` it belongs to the current one."""
    if _is_late(circuit, epoch):
        return circuit
    if circuit.state is BreakerState.HALF_OPEN:
        return Circuit(since=now, trips=circuit.trips, epoch=circuit.epoch + 1)
    outcomes = _counted(circuit.outcomes, now, rule, failed=0)
    return replace(circuit, failures=0, asked=0.0, outcomes=outcomes)


def after_failure(
    circuit: Circuit,
    now: float,
    rule: BreakerRule = DEFAULT,
    *,
    chance: float,
    retry_after: float | None = None,
    epoch: int | None = None,
    crowd: int = 1,
) -> Circuit:
    """Count a failure; one too many, or that of a probe, opens the breaker.

    Failures are often faster than answers: of a `crowd` of calls made at once, the first to come back may all
    be failures. So the breaker waits for as many outcomes as there are calls. `chance` in 0..1 chooses the
    pause between half and whole, so that breakers do not all retry at once; it is never shorter than
    `retry_after` seconds.
    """
    if _is_late(circuit, epoch):
        return circuit
    failed = replace(
        circuit,
        failures=circuit.failures + 1,
        asked=max(circuit.asked, now + (retry_after or 0.0)),
        outcomes=_counted(circuit.outcomes, now, rule, failed=1),
    )
    cause = _cause(failed, rule, crowd)
    return _tripped(failed, now, rule, chance, cause) if cause else failed


def after_abandoned(circuit: Circuit, now: float, *, epoch: int | None = None) -> Circuit:
    """Take back a probe that was given up before it had an outcome: the next call is the probe."""
    if circuit.state is not BreakerState.HALF_OPEN or _is_late(circuit, epoch):
        return circuit
    return replace(circuit, state=BreakerState.OPEN, since=now, until=now, epoch=circuit.epoch + 1)


def _is_late(circuit: Circuit, epoch: int | None) -> bool:
    return circuit.state is BreakerState.OPEN or (epoch is not None and epoch != circuit.epoch)


def _counted(outcomes: tuple[Slot, ...], now: float, rule: BreakerRule, *, failed: int) -> tuple[Slot, ...]:
    """Add an outcome to its slot; slots behind the window, or ahead of a clock that was set back, go."""
    number = math.floor(now * SLOTS / rule.window)
    if outcomes and outcomes[-1][0] == number:
        _, count, failures = outcomes[-1]
        return (*outcomes[:-1], (number, count + 1, failures + failed))
    recent = [slot for slot in outcomes if number - SLOTS < slot[0] < number]
    return (*recent, (number, 1, failed))


def _cause(circuit: Circuit, rule: BreakerRule, crowd: int) -> str:
    if circuit.state is BreakerState.HALF_OPEN:
        return "a failed probe"
    if circuit.failures >= max(rule.consecutive, crowd):
        return f"{circuit.failures} failures"
    count = sum(slot[1] for slot in circuit.outcomes)
    failures = sum(slot[2] for slot in circuit.outcomes)
    if count >= max(rule.least, crowd) and failures >= rule.rate * count:
        return f"{failures} failures in {count} calls"
    return ""


def _tripped(circuit: Circuit, now: float, rule: BreakerRule, chance: float, cause: str) -> Circuit:
    probed = circuit.state is BreakerState.HALF_OPEN
    calm = not probed and now - circuit.since >= rule.longest
    trips = 0 if calm else circuit.trips
    whole = min(rule.base * 2 ** min(trips, MOST_DOUBLINGS), rule.longest)
    pause = max(whole * (1 + chance) / 2, min(circuit.asked - now, rule.most_asked))
    return Circuit(
        state=BreakerState.OPEN,
        since=now,
        until=now + pause,
        trips=trips + 1,
        opened=circuit.opened if probed else now,
        cause=cause,
        epoch=circuit.epoch + 1,
    )


def _reason(circuit: Circuit) -> str:
    until = datetime.fromtimestamp(math.ceil(circuit.until), UTC)
    if circuit.state is BreakerState.HALF_OPEN:
        return f"breaker half-open, its one probe is under way until {until:%H:%M:%S} UTC at most"
    return f"breaker open until {until:%H:%M:%S} UTC after {circuit.cause}"
