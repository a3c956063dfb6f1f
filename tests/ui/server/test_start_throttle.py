"""Runs that come to a busy process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import chain, repeat

import pytest

from graph.errors import Refused, Unavailable
from graph.events import Finished
from tests.ui.server.test_background_runs import heard, names, told
from ui.server.background_runs import BackgroundRuns
from ui.server.start_throttle import LOOK_SECONDS, MOST_LOOKS, StartThrottle

LATE, CALM = 0.2, 0.0


async def nothing() -> None:
    """Answer at once."""


class Clock:
    """Count looks, and show for each how late the loop is; two readings are one look."""

    def __init__(self, *lateness: float) -> None:
        self._late = chain(lateness, repeat(lateness[-1]))
        self._readings = self._read()
        self.looks = 0

    def __call__(self) -> float:
        return next(self._readings)

    def _read(self) -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            self.looks += 1
            now += LOOK_SECONDS + next(self._late)
            yield now


@pytest.mark.parametrize(
    ("lateness", "looks"), [((CALM,), 1), ((LATE, LATE, CALM), 3), ((LATE,), MOST_LOOKS)]
)
async def test_who_comes_waits_until_the_loop_is_not_late(lateness: tuple[float, ...], looks: int) -> None:
    """A calm process lets a run in at once, a busy one when it is calm again or after a fifth of a second."""
    clock = Clock(*lateness)
    await StartThrottle(clock, nothing).wait()
    assert clock.looks == looks


async def test_who_came_first_goes_in_first() -> None:
    """The order of coming is the order of going in, and who leaves the line holds up nobody."""
    throttle, inside = StartThrottle(Clock(LATE, LATE, CALM), nothing), []

    async def come(name: str) -> None:
        await throttle.wait()
        inside.append(name)

    people = [asyncio.create_task(come(name)) for name in "abcd"]
    await asyncio.sleep(0)
    people[1].cancel()
    await asyncio.gather(*people, return_exceptions=True)
    assert inside == ["a", "c", "d"]


async def test_a_run_that_is_stopped_in_line_has_not_begun() -> None:
    """Nothing of it is made; meanwhile it is refused a second time, and afterwards it may begin."""
    gate = asyncio.Event()
    live = BackgroundRuns(names(), lambda: 0.0, gate.wait)  # type: ignore[arg-type]  # what it returns is nothing to it
    end = Finished(report={})
    in_line = asyncio.create_task(live.begin("r", told(end)))
    await asyncio.sleep(0)
    with pytest.raises(Refused, match="under way"):
        await live.begin("r", told(end))
    in_line.cancel()
    await asyncio.gather(in_line, return_exceptions=True)
    assert live.find("r") is None
    gate.set()
    assert len(await heard(await live.begin("r", told(end)))) == 1


async def test_a_run_whose_turn_does_not_come_may_be_tried_again() -> None:
    """Where the database does not answer, whoever comes is told, and the run does not count as under way."""
    down = [Unavailable("the database does not answer")]

    async def probe() -> None:
        if down:
            raise down.pop()

    live = BackgroundRuns(names(), lambda: 0.0, StartThrottle(Clock(CALM), probe).wait)
    end = Finished(report={})
    with pytest.raises(Unavailable):
        await live.begin("r", told(end))
    assert live.under_way() == ()
    assert len(await heard(await live.begin("r", told(end)))) == 1
