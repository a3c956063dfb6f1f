"""Runs carried by a process, whoever watches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused, Unavailable
from graph.events import Event, Finished, Noted, Waiting
from graph.options import Options
from tests.fakes.app import settings, small_app
from tests.fakes.tools import Pages
from ui.server.background_runs import MOST_ENDED, BackgroundRun, BackgroundRuns
from ui.server.server_context import ServerLifetime

END = Finished(report={"status": "answered"})


def names() -> Callable[[], str]:
    """Name carryings one after the other."""
    numbers = count(1)
    return lambda: f"c{next(numbers)}"


def runs() -> BackgroundRuns:
    """Carry runs by a clock that stands still."""
    return BackgroundRuns(names(), lambda: 100.0)


async def told(
    *events: Event, gate: asyncio.Event | None = None, error: Exception | None = None
) -> AsyncIterator[Event]:
    """Announce events, the last one only when the gate is open."""
    for event in events[:-1]:
        yield event
    if gate is not None:
        await gate.wait()
    if error is not None:
        raise error
    yield events[-1]


async def heard(carried: BackgroundRun, after: str = "") -> list[str]:
    """Return the ids of everything that is heard after an event."""
    return [each.id async for each in carried.follow(after)]


async def test_a_run_goes_on_when_nobody_follows_it() -> None:
    """A run that nobody listens to comes to its end, and tells everything to who comes late."""
    live, gate = runs(), asyncio.Event()
    carried = await live.begin("r", told(Noted(text="a"), END, gate=gate))
    follower = carried.follow()
    first = await anext(follower)
    await follower.aclose()
    gate.set()
    events = [each.event async for each in carried.follow(first.id)]
    assert events == [END]
    assert await heard(carried) == ["c1.1", "c1.2"]
    assert first.at == 100.0
    assert live.under_way() == ()


@given(st.integers(0, 7), st.integers(0, 7))
def test_who_comes_back_hears_each_event_once(many: int, left_at: int) -> None:
    """Whenever a follower goes and comes back with its last id, no event is lost and none comes twice."""

    async def follow() -> None:
        live = runs()
        carried = await live.begin("r", told(*[Noted(text=str(n)) for n in range(many)], END))
        every = await heard(carried)
        last = every[left_at - 1] if 0 < left_at <= len(every) else ""
        assert await heard(carried, last) == every[min(left_at, len(every)) if last else 0 :]

    asyncio.run(follow())


@pytest.mark.parametrize("strange", ["", "other.1", "c1", "c1.x", "c1.-1", "c1.99999999999999999999", "."])
async def test_a_strange_place_is_never_an_error(strange: str) -> None:
    """An id of another process is the beginning, one past the end is the end."""
    carried = await runs().begin("r", told(Noted(text="a"), END))
    await heard(carried)
    assert await heard(carried, strange) in (["c1.1", "c1.2"], [])


async def test_what_comes_instead_of_the_first_event_is_raised() -> None:
    """A run that is refused at once is refused to whoever began it."""
    with pytest.raises(Refused, match="no such place"):
        await runs().begin("r", told(END, error=Refused("no such place")))


async def test_what_is_raised_later_reaches_every_follower() -> None:
    """An error in the middle of a run is raised to all who follow, after what came before it."""
    carried = await runs().begin("r", told(Noted(text="a"), END, error=Unavailable("gone")))
    for _ in range(2):
        with pytest.raises(Unavailable, match="gone"):
            await heard(carried)


async def test_one_run_is_carried_once_and_again_after_it_waited() -> None:
    """A run under way cannot be begun again; one that waits can, the moment its last event is heard."""
    live, gate = runs(), asyncio.Event()
    carried = await live.begin("r", told(Noted(text="a"), Waiting(kind="plan", question={}), gate=gate))
    with pytest.raises(Refused, match="under way"):
        await live.begin("r", told(END))
    gate.set()
    async for each in carried.follow():
        if isinstance(each.event, Waiting):
            again = await live.begin("r", told(END))
    assert await heard(again) == ["c2.1"]
    assert live.find("r") is again


async def test_closing_puts_runs_down_and_tells_who_follows() -> None:
    """At the end of the process every run is let go, and its followers are told that it can be resumed."""
    live = runs()
    carried = await live.begin("r", told(Noted(text="a"), END, gate=asyncio.Event()))
    assert live.under_way() == (carried,)
    await live.close()
    with pytest.raises(Refused, match="can be resumed"):
        await heard(carried)


async def test_runs_that_ended_are_forgotten_in_the_end() -> None:
    """Only the latest ended runs are remembered, and none that is under way is forgotten."""
    live = runs()
    await live.begin("open", told(Noted(text="a"), END, gate=asyncio.Event()))
    for number in range(MOST_ENDED + 5):
        await heard(await live.begin(f"r{number}", told(END)))
    assert live.find("r0") is None
    assert live.find(f"r{MOST_ENDED + 4}") is not None
    assert live.find("open") is not None
    await live.close()


async def test_a_server_opens_one_application_and_closes_it(tmp_path: Path) -> None:
    """What is served answers through the runs it carries, and nothing is served before and after."""
    pages = Pages({"Breakers": "A breaker closes after three probes."})
    server = ServerLifetime(settings(tmp_path), lambda where: small_app(where.home, pages))
    closed: list[str] = []

    async def close() -> None:
        closed.append("last")

    with pytest.raises(RuntimeError, match="nothing is served"):
        server.context()
    server.on_close(close)
    await server.open()
    here = server.context()
    await here.runs.begin("r", here.app.run("When does a breaker close?", Options(), run_id="r"))
    carried = here.runs.find("r")
    assert carried is not None
    last = [each.event async for each in carried.follow()][-1]
    assert isinstance(last, Finished)
    assert last.report["run_id"] == "r"
    await server.close()
    assert closed == ["last"]
    with pytest.raises(RuntimeError, match="nothing is served"):
        server.context()
