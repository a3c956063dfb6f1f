from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from guards.circuit_breaker import (
    CLOSED,
    SLOTS,
    BreakerRule,
    BreakerState,
    Circuit,
    after_abandoned,
    after_failure,
    after_success,
    is_call_let_through,
)

RULE = BreakerRule()
TEN = 36_000.0  # 10:00:00 UTC
ROUNDING = 1e-3


def failed(circuit: Circuit, times: int, now: float = TEN, retry_after: float | None = None) -> Circuit:
    for _ in range(times):
        circuit = after_failure(circuit, now, chance=1.0, retry_after=retry_after)
    return circuit


def probed(circuit: Circuit, now: float) -> Circuit:
    decision, probing = is_call_let_through(circuit, now)
    assert decision.allowed
    assert probing.state is BreakerState.HALF_OPEN
    return probing


def test_five_failures_in_a_row_open_it_and_say_until_when() -> None:
    """The fifth failure in a row opens the breaker for its base pause, and the refusal says so."""
    assert failed(CLOSED, 4).state is BreakerState.CLOSED
    opened = failed(CLOSED, 5)
    decision, kept = is_call_let_through(opened, TEN + 14.9)
    assert (kept, opened.until) == (opened, TEN + 15.0)
    assert decision.reason == "breaker open until 10:00:15 UTC after 5 failures"


def test_a_success_between_failures_starts_the_row_again() -> None:
    """Failures that do not follow one another are not in a row, and what they asked for is over."""
    circuit = after_success(failed(CLOSED, 4, retry_after=200.0), TEN)
    assert failed(circuit, 4).state is BreakerState.CLOSED
    assert failed(circuit, 5).until == TEN + 15


def test_half_of_ten_outcomes_open_it_without_a_row() -> None:
    """A service that fails every other time is given up at the tenth outcome."""
    circuit = CLOSED
    for second in range(4):
        circuit = after_failure(after_success(circuit, TEN + second), TEN + second, chance=1.0)
    circuit = after_success(circuit, TEN + 4)
    assert circuit.state is BreakerState.CLOSED
    opened = after_failure(circuit, TEN + 4, chance=1.0)
    assert (opened.state, opened.cause) == (BreakerState.OPEN, "5 failures in 10 calls")


@pytest.mark.parametrize(("later", "state"), [(29.9, BreakerState.OPEN), (30.0, BreakerState.CLOSED)])
def test_failures_behind_the_window_are_forgotten(later: float, state: BreakerState) -> None:
    """The rate speaks of the last thirty seconds only."""
    circuit = CLOSED
    for _ in range(4):
        circuit = after_failure(after_success(circuit, TEN), TEN, chance=1.0)
    circuit = after_success(circuit, TEN + later)
    assert after_failure(circuit, TEN + later, chance=1.0).state is state


def test_only_one_probe_goes_until_it_has_an_outcome() -> None:
    """While the probe is under way, every other call is refused."""
    probing = probed(failed(CLOSED, 5), TEN + 15)
    decision, kept = is_call_let_through(probing, TEN + 16)
    assert (decision.allowed, kept) == (False, probing)
    assert decision.reason == "breaker half-open, its one probe is under way until 10:02:15 UTC at most"


def test_a_probe_that_succeeds_closes_it_with_an_empty_window() -> None:
    """After recovery the failures before the pause count no more."""
    closed = after_success(probed(failed(CLOSED, 5), TEN + 15), TEN + 16)
    assert failed(closed, 4, TEN + 17).state is BreakerState.CLOSED


def test_a_probe_that_fails_opens_it_for_longer_each_time() -> None:
    """The pause doubles up to five minutes, and the breaker remembers since when the service fails."""
    circuit, now, pauses = failed(CLOSED, 5), TEN, []
    for _ in range(7):
        pauses.append(circuit.until - circuit.since)
        now = circuit.until
        circuit = after_failure(probed(circuit, now), now, chance=1.0)
    assert pauses == [15, 30, 60, 120, 240, 300, 300]
    assert (circuit.opened, circuit.cause) == (TEN, "a failed probe")


def test_a_probe_that_fails_late_is_no_sign_of_calm() -> None:
    """However long the probe took, the pause after it is longer than the one before."""
    circuit = after_failure(probed(failed(CLOSED, 5), TEN + 15), TEN + 1_000, chance=1.0)
    assert circuit.until - circuit.since == 30


def test_trips_are_forgotten_only_after_it_was_calm() -> None:
    """A service that fails again soon after its recovery is left alone for longer, one that held is not."""
    closed = after_success(probed(failed(CLOSED, 5), TEN + 15), TEN + 16)
    soon, late = failed(closed, 5, TEN + 17), failed(closed, 5, TEN + 316)
    assert (soon.until - soon.since, late.until - late.since) == (30, 15)


def test_an_outcome_from_before_the_change_counts_for_nothing() -> None:
    """A slow call let through long ago neither closes an open breaker nor stands in for its probe."""
    opened = failed(CLOSED, 5)
    probing = probed(opened, TEN + 15)
    assert after_success(opened, TEN + 1) is opened
    assert after_failure(opened, TEN + 1, chance=1.0) is opened
    assert after_success(probing, TEN + 16, epoch=CLOSED.epoch) is probing
    assert after_failure(probing, TEN + 16, chance=1.0, epoch=CLOSED.epoch) is probing
    assert after_abandoned(probing, TEN + 16, epoch=CLOSED.epoch) is probing


def test_an_abandoned_probe_makes_way_for_the_next_call() -> None:
    """A cancelled probe says nothing about the service, so the next call is the probe at once."""
    probing = probed(failed(CLOSED, 5), TEN + 15)
    given_up = after_abandoned(probing, TEN + 16, epoch=probing.epoch)
    again = probed(given_up, TEN + 16)
    assert after_success(again, TEN + 17, epoch=probing.epoch) is again
    assert after_success(again, TEN + 17, epoch=again.epoch).state is BreakerState.CLOSED


def test_a_probe_that_never_reports_expires() -> None:
    """A probe whose process was killed does not keep the breaker half-open for good."""
    probing = probed(failed(CLOSED, 5), TEN + 15)
    assert not is_call_let_through(probing, TEN + 134.9)[0].allowed
    assert probed(probing, TEN + 135).epoch > probing.epoch


def test_a_pause_asked_for_by_any_of_the_failures_is_kept() -> None:
    """The breaker waits as long as the service asked, even if the last failure asked for nothing."""
    opened = failed(failed(CLOSED, 4, retry_after=200.0), 1, TEN + 1)
    assert opened.until == TEN + 200


@pytest.mark.parametrize("asked", [1e12, math.inf])
def test_no_service_can_lock_itself_out_for_more_than_a_day(asked: float) -> None:
    """An absurd pause is cut to a day."""
    assert failed(CLOSED, 5, retry_after=asked).until == TEN + 86_400


@given(st.one_of(st.none(), st.floats(max_value=0.0), st.just(math.nan)), st.floats(0, 1))
def test_the_pause_lies_between_its_half_and_its_whole(nonsense: float | None, chance: float) -> None:
    """Whatever the chance, and whatever nonsense the service says, the jitter stays within bounds."""
    circuit = failed(CLOSED, 4, retry_after=nonsense)
    opened = after_failure(circuit, TEN, chance=chance, retry_after=nonsense)
    assert 7.5 <= opened.until - TEN <= 15


@given(st.floats(0, 1e9), st.sampled_from(["open", "half-open"]))
def test_a_clock_set_back_does_not_lock_it(back: float, state: str) -> None:
    """However far the clock was set back, the breaker waits no longer than it would have waited anyway."""
    circuit = failed(CLOSED, 5, now := 1e9)
    if state == "half-open":
        circuit = probed(circuit, now := circuit.until)
    pause = circuit.until - circuit.since
    _, kept = is_call_let_through(circuit, now - back)
    assert is_call_let_through(kept, now - back + pause + 1e-3)[0].allowed


def test_slots_ahead_of_a_clock_that_was_set_back_are_dropped() -> None:
    """Outcomes that seem to lie in the future do not count, and the window does not grow."""
    circuit = CLOSED
    for second in range(300, 0, -1):
        circuit = after_success(circuit, TEN + second)
    assert len(circuit.outcomes) == 1


class Machine(RuleBasedStateMachine):
    """Drive a breaker along any schedule, beside a plain list of what happened."""

    @initialize(now=st.floats(0, 2e9))
    def begin(self, now: float) -> None:
        self.now = now
        self.circuit = CLOSED
        self.calls: list[int] = []
        self.history: list[tuple[int, bool]] = []
        self.probe: tuple[int, float] | None = None
        self.row = 0
        self.asked = 0.0

    @rule()
    def call(self) -> None:
        before = self.circuit
        decision, self.circuit = is_call_let_through(before, self.now, RULE)
        if before.state is BreakerState.CLOSED:
            assert decision.allowed
        elif decision.allowed:
            assert self.probe is None or self.now >= self.probe[1]
            assert self.now >= before.until
            self.probe = (self.circuit.epoch, self.now + RULE.probe)
        else:
            assert self.now < self.circuit.until
        if decision.allowed:
            self.calls.append(self.circuit.epoch)

    @precondition(lambda self: self.calls)
    @rule(
        data=st.data(),
        fate=st.sampled_from(["ok", "failed", "failed", "abandoned"]),
        chance=st.floats(0, 1),
        asked=st.one_of(st.none(), st.floats(0, 1_000)),
    )
    def end(self, data: st.DataObject, fate: str, chance: float, asked: float | None) -> None:
        epoch = self.calls.pop(data.draw(st.integers(0, len(self.calls) - 1)))
        before = self.circuit
        if fate == "abandoned":
            self.circuit = after_abandoned(before, self.now, epoch=epoch)
        elif fate == "ok":
            self.circuit = after_success(before, self.now, RULE, epoch=epoch)
        else:
            self.circuit = after_failure(
                before, self.now, RULE, chance=chance, retry_after=asked, epoch=epoch
            )
        if epoch != before.epoch:
            assert self.circuit is before
        elif before.state is BreakerState.HALF_OPEN:
            self.ended_probe(fate, asked or 0.0)
        elif fate != "abandoned":
            self.counted(asked or 0.0, ok=fate == "ok")

    def ended_probe(self, fate: str, asked: float) -> None:
        self.probe, self.history, self.row, self.asked = None, [], 0, 0.0
        assert self.circuit.state is (BreakerState.CLOSED if fate == "ok" else BreakerState.OPEN)
        if fate == "failed":
            assert self.circuit.until >= self.now + asked - ROUNDING

    def counted(self, asked: float, *, ok: bool) -> None:
        slot = math.floor(self.now * SLOTS / RULE.window)
        if self.history and self.history[-1][0] != slot:
            self.history = [kept for kept in self.history if slot - SLOTS < kept[0] < slot]
        self.history.append((slot, ok))
        self.row = 0 if ok else self.row + 1
        self.asked = 0.0 if ok else max(self.asked, self.now + asked)
        count, failures = len(self.history), sum(not ok for _, ok in self.history)
        often = count >= RULE.least and failures >= RULE.rate * count
        opens = not ok and (often or self.row >= RULE.consecutive)
        assert self.circuit.state is (BreakerState.OPEN if opens else BreakerState.CLOSED)
        if opens:
            assert self.circuit.until >= min(self.asked, self.now + RULE.most_asked) - ROUNDING
            self.history, self.row, self.asked = [], 0, 0.0

    @rule(seconds=st.one_of(st.floats(0, 5), st.floats(0, 400)))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(seconds=st.floats(0, 1e6))
    def set_back(self, seconds: float) -> None:
        self.now -= seconds
        if self.probe is not None:  # measured by another clock, its time begins again
            self.probe = (self.probe[0], min(self.probe[1], self.now + RULE.probe))

    @precondition(lambda self: self.circuit.state is not BreakerState.CLOSED)
    @rule()
    def recover(self) -> None:
        """From wherever it stands, two waits and a success close it."""
        for _ in range(2):
            decision, self.circuit = is_call_let_through(self.circuit, self.now, RULE)
            if decision.allowed:
                break
            self.now = max(self.now, self.circuit.until)
        assert decision.allowed
        self.circuit = after_success(self.circuit, self.now, RULE, epoch=self.circuit.epoch)
        assert self.circuit.state is BreakerState.CLOSED
        self.probe, self.history, self.row, self.asked = None, [], 0, 0.0

    @invariant()
    def times_are_in_order(self) -> None:
        """No state ends before it begins, and none lasts longer than a service may ask for."""
        if self.circuit.state is not BreakerState.CLOSED:
            lasts = self.circuit.until - self.circuit.since
            assert 0 <= lasts <= RULE.most_asked + ROUNDING


def test_on_any_schedule_it_follows_its_rule() -> None:
    """At most one probe goes at a time, and the breaker opens and recovers exactly by its rule."""
    run_state_machine_as_test(Machine)
