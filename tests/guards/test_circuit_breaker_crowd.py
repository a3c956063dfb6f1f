from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guards.circuit_breaker import CLOSED, BreakerState, after_failure, after_success


@given(crowd=st.integers(6, 200), failing=st.integers(5, 100))
def test_quick_failures_of_a_crowd_do_not_speak_for_all(crowd: int, failing: int) -> None:
    """Of calls asked at once failures come back first: the breaker waits for as many outcomes as calls."""
    failing = min(failing, crowd // 2 - 1)
    circuit = CLOSED
    for came in range(failing):
        circuit = after_failure(circuit, 0.0, chance=0.0, crowd=crowd - came)
    assert circuit.state is BreakerState.CLOSED
    for _ in range(crowd - failing):
        circuit = after_success(circuit, 0.0)
    assert circuit.state is BreakerState.CLOSED


@given(crowd=st.integers(1, 200))
def test_a_crowd_that_fails_opens_the_breaker(crowd: int) -> None:
    """When all of them fail it opens, at the latest with the last of them, and never before the fifth."""
    circuit, opened = CLOSED, 0
    for came in range(crowd + 5):
        circuit = after_failure(circuit, 0.0, chance=0.0, crowd=max(1, crowd - came))
        opened = opened or (came + 1 if circuit.state is BreakerState.OPEN else 0)
    assert 5 <= opened <= max(5, crowd)
