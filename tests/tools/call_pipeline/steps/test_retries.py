"""A call is tried again where that may help, and no longer than its patience."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from graph.errors import Exhausted, Misconfigured, Refused, Unavailable, Unusable
from tests.tools.call_pipeline.steps.stepping import SPEC
from tools.call_pipeline.steps.attempt_steps import (
    BASE,
    CAP,
    retry,
)

HOST = replace(SPEC, domain=lambda _: "slow.example")


class Leap(selectors.SelectSelector):
    """Wait for no time: the loop's clock moves on instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class Timeless(asyncio.SelectorEventLoop):
    """Run at once what would take hours."""

    def __init__(self) -> None:
        self.leap = Leap()
        super().__init__(self.leap)

    def time(self) -> float:
        return self.leap.now


@dataclass(kw_only=True)
class Service:
    """Answer with the next failure, or with its number once there is none; remember when it was asked."""

    failures: list[BaseException]
    lasting: float = 0.0
    asked: list[tuple[int, float]] = field(default_factory=list)
    said: list[tuple[int, float, str]] = field(default_factory=list)

    async def ask(self) -> int:
        number = len(self.asked) + 1
        self.asked.append((number, asyncio.get_running_loop().time()))
        await asyncio.sleep(self.lasting)
        if number <= len(self.failures):
            raise self.failures[number - 1]
        return number

    async def persist(
        self,
        *,
        attempts: int = 3,
        patience: float = 60.0,
        chance: Callable[[], float] = lambda: 1.0,
        retry_timeouts: bool = True,
    ) -> int:
        return await retry(
            self.ask,
            attempts=attempts,
            patience=patience,
            chance=chance,
            retry_timeouts=retry_timeouts,
            announce=lambda *said: self.said.append(said),
        )


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=Timeless) as runner:
        yield runner


def invalid() -> ValidationError:
    class Shape(BaseModel):
        a: int

    with pytest.raises(ValidationError) as raised:
        Shape.model_validate({})
    return raised.value


def test_success_is_the_end(runner: asyncio.Runner) -> None:
    """A first answer is returned without another word."""
    service = Service(failures=[])
    assert runner.run(service.persist()) == 1
    assert (service.asked, service.said) == ([(1, 0.0)], [])


def test_the_longest_wait_doubles_up_to_its_cap(runner: asyncio.Runner) -> None:
    """With the worst luck the waits are 0.2, 0.4, 0.8 … 10, 10; each is announced with its reason."""
    service = Service(failures=[Unavailable(f"busy {n}") for n in range(8)])
    assert runner.run(service.persist(attempts=9)) == 9
    waits = [min(CAP, BASE * 2**n) for n in range(8)]
    times = [when for _, when in service.asked]
    assert [b - a for a, b in pairwise(times)] == pytest.approx(waits)
    assert [(number, why) for number, _, why in service.said] == [(n + 2, f"busy {n}") for n in range(8)]
    assert [seconds for _, seconds, _ in service.said] == pytest.approx(waits)


def test_luck_spreads_the_waits_from_nothing(runner: asyncio.Runner) -> None:
    """Full jitter: a wait is anything from nothing to its longest."""
    service = Service(failures=[Unavailable("busy")] * 3)
    luck = iter([0.0, 0.5, 0.25])
    assert runner.run(service.persist(attempts=4, chance=lambda: next(luck))) == 4
    assert [seconds for _, seconds, _ in service.said] == pytest.approx([0.0, 0.2, 0.2])


@pytest.mark.parametrize(
    "error",
    [
        Refused("no"),
        Unusable("no"),
        Misconfigured("no"),
        Exhausted("no"),
        invalid(),
        KeyError("no"),
        asyncio.CancelledError(),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("before", [0, 1])
def test_what_cannot_succeed_later_is_not_tried_again(
    runner: asyncio.Runner, error: BaseException, before: int
) -> None:
    """A denial, a fault of the arguments or of the operator ends the call, at first and after a retry."""
    service = Service(failures=[Unavailable("busy")] * before + [error])
    with pytest.raises(type(error)):
        runner.run(service.persist())
    assert len(service.asked) == before + 1


def test_a_timeout_is_tried_again_only_if_allowed(runner: asyncio.Runner) -> None:
    """A call that may have been billed without an answer is not made twice unless its tool says so."""
    allowed, forbidden = (Service(failures=[TimeoutError()]) for _ in range(2))
    assert runner.run(allowed.persist(retry_timeouts=True)) == 2
    assert allowed.said[0][2] == "no answer in time"
    with pytest.raises(TimeoutError):
        runner.run(forbidden.persist(retry_timeouts=False))
    assert len(forbidden.asked) == 1


def test_a_retry_that_times_out_is_judged_by_the_same_rule(runner: asyncio.Runner) -> None:
    """The rule about timeouts holds for the second attempt as well."""
    service = Service(failures=[Unavailable("busy"), TimeoutError()])
    with pytest.raises(TimeoutError):
        runner.run(service.persist(retry_timeouts=False))
    assert len(service.asked) == 2


def test_the_last_error_is_raised_when_the_attempts_end(runner: asyncio.Runner) -> None:
    """The caller learns the latest reason, and no retry is announced that does not come."""
    service = Service(failures=[Unavailable(f"busy {n}") for n in range(5)])
    with pytest.raises(Unavailable, match="busy 2"):
        runner.run(service.persist(attempts=3))
    assert [number for number, _, _ in service.said] == [2, 3]


def test_a_service_is_left_alone_as_long_as_it_asks(runner: asyncio.Runner) -> None:
    """Retry-After is the least wait; jitter comes on top, so that not all come back at once."""
    service = Service(failures=[Unavailable("busy", retry_after=7.0)])
    runner.run(service.persist(chance=lambda: 0.5))
    assert service.asked[1][1] == pytest.approx(7.0 + 0.5 * BASE)


@pytest.mark.parametrize("retry_after", [60.0, 3600.0, float("inf")])
def test_a_wait_longer_than_the_patience_ends_the_call_at_once(
    runner: asyncio.Runner, retry_after: float
) -> None:
    """Nobody waits for an attempt that would come too late."""
    service = Service(failures=[Unavailable("busy", retry_after=retry_after)])
    with pytest.raises(Unavailable):
        runner.run(service.persist(patience=60.0))
    assert runner.get_loop().time() == 0.0
    assert service.said == []


def test_slow_failures_use_up_the_patience(runner: asyncio.Runner) -> None:
    """The time that attempts take counts as well as the time between them."""
    service = Service(failures=[Unavailable("busy")] * 9, lasting=25.0)
    with pytest.raises(Unavailable):
        runner.run(service.persist(attempts=9, patience=60.0))
    assert len(service.asked) == 3


def test_a_wait_can_be_cancelled(runner: asyncio.Runner) -> None:
    """Whoever stops a call does not sit out its wait, and no attempt follows."""
    service = Service(failures=[Unavailable("busy", retry_after=30.0)] * 3)

    async def stopped() -> None:
        async with asyncio.timeout(1.0):
            await service.persist()

    with pytest.raises(TimeoutError):
        runner.run(stopped())
    assert runner.get_loop().time() == pytest.approx(1.0)
    assert len(service.asked) == 1


@given(
    waits=st.lists(st.none() | st.floats(-1, 100), max_size=8),
    lasting=st.floats(0, 20),
    attempts=st.integers(1, 8),
    patience=st.floats(0.1, 100),
    luck=st.floats(0, 1),
)
def test_no_attempt_is_too_soon_too_late_or_one_too_many(
    waits: list[float | None], lasting: float, attempts: int, patience: float, luck: float
) -> None:
    """Whatever a service asks for, attempts keep to its waits, to their number and to the patience."""
    failures: list[BaseException] = [Unavailable("busy", retry_after=wait) for wait in waits]
    service = Service(failures=failures, lasting=lasting)
    with asyncio.Runner(loop_factory=Timeless) as runner:
        outcome = runner.run(_outcome(service, attempts, patience, luck))
    times = [when for _, when in service.asked]
    assert [number for number, _ in service.asked] == list(range(1, len(times) + 1))
    assert len(times) <= attempts
    assert all(when <= patience + 1e-6 for when in times)
    assert all(seconds >= 0 for _, seconds, _ in service.said)
    for n, (before, after) in enumerate(pairwise(times)):
        assert after - before >= lasting + max(0.0, waits[n] or 0.0) - 1e-6
    assert outcome == (len(times) if len(times) > len(waits) else failures[len(times) - 1])


async def _outcome(service: Service, attempts: int, patience: float, luck: float) -> int | BaseException:
    try:
        return await service.persist(attempts=attempts, patience=patience, chance=lambda: luck)
    except Unavailable as error:
        return error
