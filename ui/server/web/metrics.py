"""Count what happens in this process, in its own Prometheus registry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

from graph.events import CallFinished, Finished, PhaseStarted, Waiting
from graph.records import Clock, Phase
from ui.server.background_runs import NumberedEvent

MOST_TOOLS = 256
OTHER = "other"
_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800)


class Metrics:
    """Hold the counters; every label has a bounded set of values."""

    def __init__(self, *, clock: Clock) -> None:
        self.registry = CollectorRegistry()
        self._clock = clock
        self._tools: set[str] = set()
        self._entered: dict[str, tuple[Phase, float]] = {}
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Histogram(
            "attest_http_request_seconds",
            "Time to answer a request, to the end of its body",
            ("method", "route", "status"),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._phases = Histogram(
            "attest_phase_seconds",
            "Time a run spent in a phase",
            ("phase",),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._calls = Counter(
            "attest_calls",
            "Calls that ended, replayed ones left out",
            ("tool", "outcome"),
            registry=self.registry,
        )
        self._lag = Histogram(
            "attest_event_lag_seconds",
            "Time from hearing an event to sending it to a listener",
            registry=self.registry,
            buckets=(0.001, 0.005, 0.02, 0.1, 0.5, 2),
        )
        self._listeners = Gauge("attest_listeners", "Listeners to events", registry=self.registry)

    def count_event(self, run_id: str, numbered: NumberedEvent) -> None:
        """Count an event of a run; BackgroundRuns calls this for each one."""
        event = numbered.event
        if isinstance(event, CallFinished) and not event.replayed:
            self._calls.labels(self._known(event.tool), str(event.outcome)).inc()
        if isinstance(event, PhaseStarted | Finished | Waiting):
            if entered := self._entered.pop(run_id, None):
                self._phases.labels(str(entered[0])).observe(max(0.0, numbered.at - entered[1]))
            if isinstance(event, PhaseStarted):
                self._entered[run_id] = (event.phase, numbered.at)

    def forget(self, under_way: set[str]) -> None:
        """Forget phases of runs that ended without saying so."""
        for run_id in set(self._entered) - under_way:
            del self._entered[run_id]

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def observe_lag(self, seconds: float) -> None:
        """Count how late an event reached a listener, in seconds."""
        self._lag.observe(max(0.0, seconds))

    @contextmanager
    def count_listener(self) -> Iterator[None]:
        """Count a listener for as long as it listens."""
        with self._listeners.track_inprogress():
            yield

    def _known(self, tool: str) -> str:
        """Return the label of a tool: `other` after MOST_TOOLS names, since a plan may name anything."""
        if tool not in self._tools and len(self._tools) >= MOST_TOOLS:
            return OTHER
        self._tools.add(tool)
        return tool
