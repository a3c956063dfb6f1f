"""Circuit breakers: ask a service only while its breaker lets calls through, and keep them over restarts."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from graph.errors import AttestError, Unavailable
from graph.ports import Circuits
from graph.records import Clock
from graph.single_flight import SingleFlight
from guards.circuit_breaker import (
    CLOSED,
    DEFAULT,
    BreakerRule,
    BreakerState,
    Circuit,
    after_abandoned,
    after_failure,
    after_success,
    is_call_let_through,
)

DOMAIN = "domain:"
MOST_BREAKERS = 2_048

Notice = Callable[[str, Circuit], None]


class CircuitBreakers:
    """Keep a breaker for each tool, by its name, and for each host, as `domain:<host>`.

    `chance` returns a number in 0..1, `notice` is told of each change of state. At most `most` breakers are
    kept: those of hosts are forgotten, closed ones first. Use it in one event loop and close it before its
    store.
    """

    def __init__(
        self,
        circuits: Circuits,
        clock: Clock,
        chance: Callable[[], float],
        notice: Notice | None = None,
        *,
        rule: BreakerRule = DEFAULT,
        most: int = MOST_BREAKERS,
    ) -> None:
        self._store = circuits
        self._clock = clock
        self._chance = chance
        self._notice = notice
        self._rule = rule
        self._most = most
        self._flight: SingleFlight[None] = SingleFlight()
        self._loaded = False
        self._known: dict[str, Circuit] = {}
        self._asked: Counter[str] = Counter()
        self._unsaved: dict[str, Circuit] = {}
        self._saving: asyncio.Task[None] | None = None

    async def let_through(self, name: str) -> int:
        """Return the epoch of the breaker, under which the call is recorded.

        Raises Unavailable while the breaker is open, or while its probe is under way.
        """
        if not self._loaded:
            await self._flight.join("load", self._load)
        circuit, now = self._known.get(name, CLOSED), self._clock()
        decision, asked = is_call_let_through(circuit, now, self._rule)
        self._turn(name, circuit, asked)
        if not decision.allowed:
            said = f"{name.removeprefix(DOMAIN)}: {decision.reason}; ask again then"
            raise Unavailable(said, retry_after=asked.until - now)
        return asked.epoch

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """Count a call as in flight to the service."""
        self._asked[name] += 1
        try:
            yield
        finally:
            self._asked[name] -= 1
            if not self._asked[name]:
                del self._asked[name]

    def record(self, name: str, *, ok: bool, epoch: int, retry_after: float | None = None) -> None:
        """Count how a call ended; ignore one that was let through in an earlier `epoch`."""
        circuit, now = self._known.get(name, CLOSED), self._clock()
        if ok:
            ended = after_success(circuit, now, self._rule, epoch=epoch)
        else:
            ended = after_failure(
                circuit,
                now,
                self._rule,
                chance=self._chance(),
                retry_after=retry_after,
                epoch=epoch,
                crowd=1 + self._asked[name],
            )
        self._turn(name, circuit, ended)

    def abandon(self, name: str, *, epoch: int) -> None:
        """Take back a call that was cancelled before it had an outcome, so that another can be the probe."""
        circuit = self._known.get(name, CLOSED)
        self._turn(name, circuit, after_abandoned(circuit, self._clock(), epoch=epoch))

    async def states(self) -> Mapping[str, Circuit]:
        """Return every known breaker, by name."""
        if not self._loaded:
            await self._flight.join("load", self._load)
        return dict(self._known)

    async def close(self) -> None:
        """Write the changes that are not written yet."""
        if self._saving is not None:
            await self._saving
        await self._save()

    async def _load(self) -> None:
        self._known = {**await self._store.load(), **self._known}
        self._loaded = True

    def _turn(self, name: str, before: Circuit, after: Circuit) -> None:
        """Keep a circuit as the one used last; report and write a change of its state."""
        if after is before:
            return
        self._known.pop(name, None)
        self._known[name] = after
        if len(self._known) > self._most:
            self._make_room(name)
        if after.state is not before.state:
            self._tell(name, after)

    def _make_room(self, newest: str) -> None:
        """Forget the host used least recently; forget an open one only if no closed one is left."""
        hosts = [name for name in self._known if name.startswith(DOMAIN) and name != newest]
        closed = (name for name in hosts if self._known[name].state is BreakerState.CLOSED)
        if hosts:
            del self._known[next(closed, hosts[0])]

    def _tell(self, name: str, circuit: Circuit) -> None:
        """Write in the background: a call must not wait for the disk. A probe dies with its process."""
        if self._notice is not None:
            self._notice(name, circuit)
        if circuit.state is BreakerState.HALF_OPEN:
            return
        self._unsaved[name] = circuit
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save())

    async def _save(self) -> None:
        while self._unsaved:
            name, circuit = next(iter(self._unsaved.items()))
            try:
                await self._store.save(name, circuit)
            except AttestError:
                return  # memory is right all the same; the next change tries again, and so does close
            if self._unsaved[name] is circuit:
                del self._unsaved[name]
