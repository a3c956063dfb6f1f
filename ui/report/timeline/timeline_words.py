"""Put a timeline into words: labels, how a call ended, a scale of round numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import floor, log10

from graph.history import RunRow
from graph.records import Outcome
from graph.report.timeline import Timeline, TimelineRow
from guards.visible_text import one_line
from ui.terminal.event_words import dollars

FAILED = frozenset({Outcome.FAILED, Outcome.DENIED, Outcome.STOPPED})


SHORTEST = 1e-6
"""Times since the epoch are not told apart any closer, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Mark a round number of seconds on the scale."""

    at: float
    label: str


def label(row: TimelineRow) -> str:
    """Name a call in one harmless line: its id, its tool and what it is for."""
    return one_line(f"{row.task} {row.tool} {row.purpose}")


def ending(row: TimelineRow) -> str:
    """Describe how a call ended, and whether its result was stored before."""
    if row.outcome is Outcome.DONE and (row.replayed or row.cached):
        return "replayed" if row.replayed else "cached"
    return str(row.outcome)


def seconds(value: float) -> str:
    """Write a duration in at most eight characters, with the digits that count."""
    for unit, size, most in (("s", 1, 1_000), ("min", 60, 60_000), ("h", 3_600, 3_600_000)):
        if value < most:
            return f"{value / size:.{_digits(value / size)}f} {unit}"
    return f"{value / 86_400:.0f} d"


def summary(drawn: Timeline) -> str:
    """Say how much of the run was its critical path."""
    return f"critical path {seconds(drawn.critical_seconds)} of {seconds(drawn.wall)}"


def bills(drawn: Timeline) -> Iterator[str]:
    """Yield a line for each call that cost something, with the most it was planned to cost beside it."""
    paid = [row for row in drawn.rows if row.cost]
    if paid:
        yield "cost of each paid call, and the most it was planned to cost"
    for row in paid:
        yield f"  {dollars(row.cost)} of at most {dollars(row.estimate)}: {label(row)}"


def ticks(wall: float, most: int) -> Iterator[Tick]:
    """Yield the mark at 0 and at most `most` up to `wall`, at steps of 1, 2 or 5 times a power of ten."""
    step = _step(wall / most) if wall >= SHORTEST else 1.0
    digits = max(0, -floor(log10(step) + 1e-9))
    for count in range(int(wall / step + 1e-9) + 1):
        yield Tick(at=count * step, label=f"{count * step:.{digits}f} s")


def fitted(text: str, cells: int, cut: str = "…") -> str:
    """Cut or pad a text to a number of terminal cells; a wide character takes two."""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    kept = text[:cells]
    while width(kept) > cells - 1:
        kept = kept[:-1]
    return f"{kept}{cut}" + " " * (cells - 1 - width(kept))


def width(text: str) -> int:
    """Count the terminal cells of a text: none for a mark over a letter, two for a wide character."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def as_json(row: RunRow, drawn: Timeline) -> dict[str, object]:
    """Return a timeline as JSON; times in seconds from the first moment of the run, cost in micro-dollars."""
    return {
        "id": row.id,
        "question": row.question,
        "status": str(row.status),
        "wall": _exact(drawn.wall),
        "critical_seconds": _exact(drawn.critical_seconds),
        "phases": [_plain(asdict(stage)) for stage in drawn.stages],
        "calls": [_plain(asdict(call)) for call in drawn.rows],
    }


def _digits(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2  # noqa: PLR2004  # powers of ten


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: _exact(value) if isinstance(value, float) else value for name, value in values.items()}


def _exact(value: float) -> float:
    """Round to microseconds, the precision of a difference of two times since the epoch."""
    return round(value, 6)


def _step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))
