"""Draw a timeline in characters: one line a call, as wide as the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.report.timeline import Stage, Timeline, TimelineRow
from ui.report.timeline.timeline_words import FAILED, ending, fitted, label, seconds, summary, ticks

LEAST_COLUMNS = 56
MOST_LABEL = 60
TAIL = len(" 1000 min unneeded")
CELLS_A_TICK = 8
LEAST_TICKS = 3
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Choose the characters of a chart."""

    waited: str = "░"
    ran: str = "█"
    failed: str = "▒"
    point: str = "·"
    edge: str = "│"
    line: str = "─"
    tick: str = "╵"
    cut: str = "…"

    def can_be_written(self, encoding: str) -> bool:
        """Tell whether an encoding has every one of them."""
        try:
            f"{self.waited}{self.ran}{self.failed}{self.edge}{self.line}{self.tick}".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


BLOCKS = Glyphs()
ASCII = Glyphs(waited="-", ran="#", failed="x", point=".", edge="|", line="-", tick="'", cut="~")


def glyphs_for(encoding: str) -> Glyphs:
    """Return the blocks, or plain letters where a terminal cannot show them."""
    return BLOCKS if BLOCKS.can_be_written(encoding) else ASCII


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChart:
    """Draw lines of `columns` cells; calls on the critical path are marked, and bold where `bold` is set."""

    drawn: Timeline
    columns: int
    glyphs: Glyphs = BLOCKS
    bold: bool = False
    label: int = field(init=False)
    plot: int = field(init=False)

    def __post_init__(self) -> None:
        columns = max(self.columns, LEAST_COLUMNS)
        label_ = min(MOST_LABEL, columns * 36 // 100)
        object.__setattr__(self, "label", label_)
        object.__setattr__(self, "plot", columns - label_ - TAIL - len("* ") - 1)

    def lines(self) -> Iterator[str]:
        """Yield the phases, the calls, the scale and what the characters mean."""
        yield self._line("  ", "", self._phases(), f"{seconds(self.drawn.wall):>8} in all")
        yield from map(self._call, self.drawn.rows)
        yield self._line("  ", "", self._scale(), "")
        yield f"  {self._legend()}"
        yield f"* {summary(self.drawn)}"

    def _line(self, mark: str, name: str, plot: str, tail: str) -> str:
        return f"{mark}{fitted(name, self.label, self.glyphs.cut)} {plot:{self.plot}} {tail}".rstrip()

    def _call(self, row: TimelineRow) -> str:
        tail = f"{seconds(row.end - row.start):>8} {ending(row)}"
        line = self._line("* " if row.critical else "  ", label(row), self._bar(row), tail)
        return f"{BOLD}{line}{PLAIN}" if row.critical and self.bold else line

    def _bar(self, row: TimelineRow) -> str:
        begun, end = self._cells(row.start, row.end)
        if not row.asked:
            return " " * begun + self.glyphs.point
        waited = min(self._cell(row.start + row.waited) - begun, end - begun - 1)
        fill = self.glyphs.failed if row.outcome in FAILED else self.glyphs.ran
        return " " * begun + self.glyphs.waited * waited + fill * (end - begun - waited)

    def _cells(self, start: float, end: float) -> tuple[int, int]:
        """Return the first cell of a time span and the one after its last; it has at least one."""
        begun = min(self._cell(start), self.plot - 1)
        return begun, max(self._cell(end), begun + 1)

    def _cell(self, at: float) -> int:
        return round(at / (self.drawn.wall or 1.0) * self.plot)

    def _phases(self) -> str:
        cells = [" "] * self.plot
        for stage in self.drawn.stages:
            begun, end = self._cells(stage.start, stage.end)
            cells[begun:end] = self._named(stage, end - begun)
        return "".join(cells)

    def _named(self, stage: Stage, cells: int) -> str:
        return (self.glyphs.edge + str(stage.phase)).ljust(cells, self.glyphs.line)[:cells]

    def _scale(self) -> str:
        line = ""
        for tick in ticks(self.drawn.wall, max(self.plot // CELLS_A_TICK, LEAST_TICKS)):
            mark = f"{self.glyphs.tick}{tick.label}"
            if len(line) <= self._cell(tick.at) <= self.plot - len(mark):
                line = line.ljust(self._cell(tick.at)) + mark
        return line

    def _legend(self) -> str:
        glyphs = self.glyphs
        return f"{glyphs.waited} waited  {glyphs.ran} ran  {glyphs.failed} failed  {glyphs.point} not asked"
