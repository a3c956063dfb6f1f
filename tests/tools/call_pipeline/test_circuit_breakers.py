from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import Unavailable
from graph.stores.books.stored_circuits import StoredCircuits
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from guards.circuit_breaker import BreakerState, Circuit
from tools.call_pipeline.circuit_breakers import CircuitBreakers

TEN = 36_000.0  # 10:00:00 UTC


class Time:
    """Stand still until it is moved."""

    def __init__(self) -> None:
        self.now = TEN

    def __call__(self) -> float:
        return self.now


class Kept:
    """Keep circuits in memory; fail as often as it is told to."""

    def __init__(self, circuits: Mapping[str, Circuit] | None = None, *, failing: int = 0) -> None:
        self.circuits = dict(circuits or {})
        self.failing = failing
        self.loads = 0
        self.saved: list[tuple[str, BreakerState]] = []

    async def load(self) -> Mapping[str, Circuit]:
        self.loads += 1
        await self._work()
        return self.circuits

    async def save(self, name: str, circuit: Circuit) -> None:
        await self._work()
        self.saved.append((name, circuit.state))
        self.circuits[name] = circuit

    async def _work(self) -> None:
        await asyncio.sleep(0)
        if self.failing:
            self.failing -= 1
            raise Unavailable("the store is busy")


def breakers(kept: Kept | StoredCircuits, time: Time, *, most: int = 100) -> CircuitBreakers:
    return CircuitBreakers(kept, time, lambda: 1.0, most=most)


async def trip(made: CircuitBreakers, name: str) -> None:
    for epoch in [await made.let_through(name) for _ in range(5)]:
        made.record(name, ok=False, epoch=epoch)


async def test_an_open_breaker_refuses_and_says_when_to_come_back() -> None:
    """After five failures a call is refused with the name, the time, the reason and the pause."""
    time = Time()
    made = breakers(Kept(), time)
    await trip(made, "domain:api.example")
    time.now += 5
    with pytest.raises(Unavailable) as refused:
        await made.let_through("domain:api.example")
    said = "api.example: breaker open until 10:00:15 UTC after 5 failures; ask again then"
    assert (str(refused.value), refused.value.retry_after) == (said, 10.0)
    await made.let_through("domain:other.example")
    await made.close()


async def test_one_of_many_callers_is_the_probe_and_its_success_lets_all_through() -> None:
    """Of ten that ask when the pause is over one goes; once it succeeded, all may."""
    time, kept = Time(), Kept()
    made = breakers(kept, time)
    await trip(made, "wiki")
    time.now += 15
    asked = await asyncio.gather(*(made.let_through("wiki") for _ in range(10)), return_exceptions=True)
    (probe,) = [epoch for epoch in asked if isinstance(epoch, int)]
    made.record("wiki", ok=True, epoch=probe)
    await made.let_through("wiki")
    await made.close()
    assert kept.saved == [("wiki", BreakerState.OPEN), ("wiki", BreakerState.CLOSED)]


async def test_an_abandoned_probe_makes_way_and_an_old_call_does_not() -> None:
    """Giving up the probe lets the next call be it; giving up a call from before leaves the probe alone."""
    time = Time()
    made = breakers(Kept(), time)
    old = await made.let_through("wiki")
    await trip(made, "wiki")
    time.now += 15
    probe = await made.let_through("wiki")
    made.abandon("wiki", epoch=old)
    made.record("wiki", ok=True, epoch=old)
    with pytest.raises(Unavailable, match="half-open"):
        await made.let_through("wiki")
    made.abandon("wiki", epoch=probe)
    await made.let_through("wiki")
    await made.close()


async def test_a_failure_carries_the_pause_its_service_asked_for() -> None:
    """The refusal lasts as long as the service wants to be left alone."""
    made = breakers(Kept(), Time())
    for _ in range(5):
        made.record("wiki", ok=False, retry_after=90.0, epoch=0)
    with pytest.raises(Unavailable) as refused:
        await made.let_through("wiki")
    assert refused.value.retry_after == 90.0
    await made.close()


async def test_the_state_is_read_once_for_all_who_ask_first() -> None:
    """Ten first calls share one reading, and what it brought holds for them."""
    shut = Circuit(
        state=BreakerState.OPEN, since=TEN, until=TEN + 60, trips=1, opened=TEN, cause="5 failures"
    )
    kept = Kept({"wiki": shut})
    made = breakers(kept, Time())
    asked = await asyncio.gather(*(made.let_through("wiki") for _ in range(10)), return_exceptions=True)
    assert all(isinstance(refusal, Unavailable) for refusal in asked)
    assert await made.states() == {"wiki": shut}
    assert kept.loads == 1


async def test_a_state_that_could_not_be_read_is_read_again() -> None:
    """One failed reading fails the calls that waited for it, and none after it."""
    kept = Kept(failing=1)
    made = breakers(kept, Time())
    with pytest.raises(Unavailable, match="busy"):
        await made.let_through("wiki")
    await made.let_through("wiki")
    assert kept.loads == 2


async def test_a_closed_breaker_writes_nothing() -> None:
    """Only a change of state goes to the store, however many calls there are."""
    kept = Kept()
    made = breakers(kept, Time())
    for number in range(100):
        made.record("wiki", ok=bool(number % 4), epoch=await made.let_through("wiki"))
    await made.close()
    assert kept.saved == []


async def test_each_change_of_state_is_told() -> None:
    """Whoever wants to raise an alarm hears of opening, probing and closing, in order."""
    time, told = Time(), list[tuple[str, BreakerState]]()
    made = CircuitBreakers(
        Kept(), time, lambda: 1.0, lambda name, circuit: told.append((name, circuit.state))
    )
    await trip(made, "wiki")
    time.now += 15
    made.record("wiki", ok=True, epoch=await made.let_through("wiki"))
    assert told == [
        ("wiki", BreakerState.OPEN),
        ("wiki", BreakerState.HALF_OPEN),
        ("wiki", BreakerState.CLOSED),
    ]
    await made.close()


async def test_a_change_that_could_not_be_written_is_written_at_the_end() -> None:
    """A busy store disturbs no call, and closing leaves nothing unwritten and no task."""
    kept = Kept()
    made = breakers(kept, Time())
    await made.let_through("wiki")
    kept.failing = 1
    before = asyncio.all_tasks()
    await trip(made, "wiki")
    await made.close()
    assert kept.saved == [("wiki", BreakerState.OPEN)]
    assert asyncio.all_tasks() == before


async def test_a_change_during_a_write_is_written_after_it() -> None:
    """The last state of a breaker is what stays, also when it changes while the one before is written."""
    time, kept = Time(), Kept()
    made = breakers(kept, time)
    await trip(made, "wiki")
    await asyncio.sleep(0)
    time.now += 15
    made.record("wiki", ok=True, epoch=await made.let_through("wiki"))
    assert kept.saved == []
    await made.close()
    assert kept.saved == [("wiki", BreakerState.OPEN), ("wiki", BreakerState.CLOSED)]


async def test_the_host_used_least_recently_goes_first() -> None:
    """A host that is asked again and again is not forgotten for one that was asked once."""
    made = breakers(Kept(), Time(), most=2)
    for host in ("a", "b", "a", "c"):
        made.record(f"domain:{host}", ok=True, epoch=0)
    assert set(await made.states()) == {"domain:a", "domain:c"}


async def test_hosts_make_room_for_others_closed_ones_first_and_tools_stay() -> None:
    """A crawl over many hosts stays within bounds, and forgets no tool and, if it can, no open host."""
    made = breakers(Kept(), Time(), most=10)
    made.record("wiki", ok=True, epoch=0)
    await trip(made, "domain:down.example")
    for number in range(50):
        made.record(f"domain:{number}.example", ok=True, epoch=0)
    names = list(await made.states())
    assert names == ["wiki", "domain:down.example", *(f"domain:{n}.example" for n in range(42, 50))]
    for number in range(10):
        await trip(made, f"domain:down{number}.example")
    names = list(await made.states())
    assert names == ["wiki", *(f"domain:down{n}.example" for n in range(1, 10))]
    await made.close()


async def test_an_open_breaker_stays_open_over_a_restart(tmp_path: Path) -> None:
    """A new process asks no service that was just given up, and probes it when it is time."""
    time, path = Time(), tmp_path / "attest.db"
    for state in (BreakerState.OPEN, BreakerState.CLOSED):
        database = Database(path, migrations=MIGRATIONS)
        made = breakers(StoredCircuits(database), time)
        if state is BreakerState.OPEN:
            await trip(made, "wiki")
            await trip(made, "domain:api.example")
        else:
            with pytest.raises(Unavailable, match="until 10:00:15 UTC after 5 failures"):
                await made.let_through("wiki")
            time.now += 15
            made.record("wiki", ok=True, epoch=await made.let_through("wiki"))
        await made.close()
        await database.close()
    database = Database(path, migrations=MIGRATIONS)
    kept = await StoredCircuits(database).load()
    await database.close()
    assert {name: circuit.state for name, circuit in kept.items()} == {
        "wiki": BreakerState.CLOSED,
        "domain:api.example": BreakerState.OPEN,
    }
