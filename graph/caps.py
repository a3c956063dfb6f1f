"""Define the caps of the ledger: who may spend how much in which time, in micro-dollars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Name whose spending a cap limits."""

    RUN = "run"
    USER = "user"
    TOOL = "tool"
    MODEL = "model"
    ALL = "all"
    """The whole installation."""


class Window(StrEnum):
    """Name how far back spending counts: the last 3,600 s or 86,400 s."""

    HOUR = "hour"
    DAY = "day"


_AN = {Window.HOUR: "an hour", Window.DAY: "a day"}
SECONDS = {Window.HOUR: 3_600.0, Window.DAY: 86_400.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """Limit what a subject may spend within a window, or ever, in micro-dollars.

    Without a subject it limits each user, tool or model separately; the scope `all` has none.
    """

    scope: Scope
    micros: int
    subject: str = ""
    window: Window | None = None

    @property
    def seconds(self) -> float:
        """Return how long spending counts."""
        return SECONDS[self.window] if self.window else math.inf

    @property
    def whom(self) -> str:
        """Say whose spending it limits."""
        if self.scope is Scope.ALL:
            return "this installation"
        return f"{self.scope} {self.subject}" if self.subject else f"each {self.scope}"

    def __str__(self) -> str:
        """Return its window and its subject, as in `a day for user ann`."""
        return f"{_AN[self.window]} for {self.whom}" if self.window else f"for {self.whom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapNear:
    """Report that a reservation brought `used`, what counts against a cap, to four fifths of it."""

    cap: Cap
    used: int

    def __str__(self) -> str:
        """Return the warning for a person."""
        percent = self.used * 100 // max(self.cap.micros, 1)
        return f"{percent} % of the budget {self.cap} is spent or reserved"


class By(StrEnum):
    """Name what costs are summed by."""

    RUN = "run"
    USER = "user"
    TOOL = "tool"
    MODEL = "model"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Sum what a subject spent: paid calls, settled and still reserved micro-dollars."""

    subject: str
    calls: int
    settled: int
    reserved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CapUse:
    """Hold what counts against a cap: micro-dollars used, and when the first of them leave the window.

    A cap of each user, tool or model counts nothing by itself: `used` is None.
    """

    cap: Cap
    used: int | None = None
    frees: float | None = None
