"""Hold what the screen shows of a run, without knowing what a screen is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.records import Outcome, Phase
from graph.untrusted import Untrusted

Monotonic = Callable[[], float]
"""Return seconds since some moment."""

PREPARING, CONCLUDING = "preparing", "concluding"
"""The lines that hold calls of no line of inquiry: before the search, and after it."""
_TITLES = {
    PREPARING: "Getting ready: the documents and the plan",
    CONCLUDING: "Reading, checking and writing",
}


@dataclass(slots=True, kw_only=True)
class CallView:
    """Show one call; `seconds` and `cost` (micro-dollars) are known when it has an outcome."""

    task: str
    tool: str
    purpose: str
    line: str
    outcome: Outcome | None = None
    seconds: float = 0.0
    cost: int = 0
    found: int = 0
    attempts: int = 0
    detail: str = ""
    replayed: bool = False
    cached: bool = False
    retries: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Board:
    """Gather what happened; `changed` names what is not painted yet, `touched` the calls among it.

    `heard` is when the latest event was heard, and a touched call has the time of its oldest that is not
    painted, in seconds since the epoch.

    `budget` is the cap in micro-dollars, `deadline` in seconds (0: none).
    """

    budget: int
    deadline: float
    phase: Phase | None = None
    past: list[Phase] = field(default_factory=list)
    taken_up: bool = False
    reading: tuple[int, int] = (0, 0)
    estimate: int = 0
    costs: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=lambda: dict(_TITLES))
    calls: dict[str, CallView] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    written: list[Untrusted] = field(default_factory=list)
    heard: float = 0.0
    touched: dict[str, float] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    homeless: set[str] = field(default_factory=set)

    def touch(self, task: str) -> None:
        """Have a call painted."""
        self.touched.setdefault(task, self.heard)
        self.changed.add("meter")

    @property
    def aside(self) -> str:
        """Name the line of calls that belong to no line of inquiry, as far as the run is."""
        return PREPARING if self.phase in {None, Phase.INITIALIZING} else CONCLUDING

    def settle(self, homes: Mapping[str, tuple[str, str]]) -> None:
        """Put calls under their lines of inquiry: `homes` maps a task to the id and question of its line."""
        for task in tuple(self.homeless):
            if home := homes.get(base(task)):
                self.calls[task].line, self.titles[home[0]] = home
        self.homeless.clear()

    @property
    def spent(self) -> int:
        """Sum what the calls of the run cost, those before this board was set up included."""
        return sum(self.costs.values())

    def go_on(self, entered: Iterable[Phase]) -> None:
        """Begin where a run was that had entered these phases before: the latest of them is under way."""
        self.taken_up = True
        before = set(entered)
        known = [phase for phase in Phase if phase in before]
        self.past, self.phase = known[:-1], known[-1] if known else None

    def open(self) -> int:
        """Count the calls under way."""
        return sum(call.outcome is None for call in self.calls.values())

    def ended(self) -> None:
        """Note that the run is over: no phase is under way any more."""
        if self.phase is not None:
            self.past.append(self.phase)
        self.phase = None
        self.changed |= {"phases", "meter"}


def before(phase: Phase) -> list[Phase]:
    """Return the phases that come before one."""
    order = list(Phase)
    return order[: order.index(phase)]


def base(task: str) -> str:
    """Return the planned task a call was made for; the stand-ins of `t` are called `t~2`, `t~3`."""
    return task.partition("~")[0]
