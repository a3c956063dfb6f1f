"""Hold what the chat shows of a run, without any knowledge of Chainlit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.records import Outcome, Phase
from graph.untrusted import Untrusted
from ui.catalogue import N_

Monotonic = Callable[[], float]
"""Return seconds since some fixed moment."""

PREPARING, CONCLUDING = "preparing", "concluding"
"""The groups of calls that belong to no line of inquiry: those before the search, and those after it."""
_TITLES = {
    PREPARING: N_("Getting ready: the documents and the plan"),
    CONCLUDING: N_("Reading, checking and writing"),
}


@dataclass(slots=True, kw_only=True)
class CallView:
    """Hold one call; `seconds` and `cost` (micro-dollars) are known when it has an outcome."""

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
class RunViewModel:
    """Collect what happened in a run.

    `budget` is the cap in micro-dollars, `deadline` in seconds (0: none). `completed` are the phases that
    are over. `resumed` says that the run began before this model did. `indexed` counts documents: those
    done, and all.

    `changed` names the parts that are not rendered yet. `changed_calls` are the calls among them, each with
    the time of its oldest event that is not rendered; `heard` is the time of the latest event. Both are in
    seconds since the epoch. `unplaced` are calls whose line of inquiry is not known yet.
    """

    budget: int
    deadline: float
    phase: Phase | None = None
    completed: list[Phase] = field(default_factory=list)
    resumed: bool = False
    indexed: tuple[int, int] = (0, 0)
    estimate: int = 0
    costs: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=lambda: dict(_TITLES))
    calls: dict[str, CallView] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    written: list[Untrusted] = field(default_factory=list)
    heard: float = 0.0
    changed_calls: dict[str, float] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    unplaced: set[str] = field(default_factory=set)

    def mark_changed(self, task: str) -> None:
        """Have a call rendered."""
        self.changed_calls.setdefault(task, self.heard)
        self.changed.add("meter")

    @property
    def default_line(self) -> str:
        """Name the group that a call of no line of inquiry belongs to in this phase."""
        return PREPARING if self.phase in {None, Phase.INITIALIZING} else CONCLUDING

    def place_calls(self, lines: Mapping[str, tuple[str, str]]) -> None:
        """Put calls under their lines of inquiry: `lines` maps a task to the id and question of its line."""
        for task in tuple(self.unplaced):
            if line := lines.get(base(task)):
                self.calls[task].line, self.titles[line[0]] = line
        self.unplaced.clear()

    @property
    def spent(self) -> int:
        """Return what the calls of the run cost in micro-dollars, with those before this model began."""
        return sum(self.costs.values())

    def resume_from(self, entered: Iterable[Phase]) -> None:
        """Continue a run that entered these phases before: the latest of them is under way."""
        self.resumed = True
        seen = set(entered)
        known = [phase for phase in Phase if phase in seen]
        self.completed, self.phase = known[:-1], known[-1] if known else None

    def open(self) -> int:
        """Count the calls under way."""
        return sum(call.outcome is None for call in self.calls.values())

    def end(self) -> None:
        """End the run: no phase is under way any more."""
        if self.phase is not None:
            self.completed.append(self.phase)
        self.phase = None
        self.changed |= {"phases", "meter"}


def before(phase: Phase) -> list[Phase]:
    """Return the phases before one."""
    order = list(Phase)
    return order[: order.index(phase)]


def base(task: str) -> str:
    """Return the planned task that a call was made for; replacements of `t` are called `t~2`, `t~3`."""
    return task.partition("~")[0]
