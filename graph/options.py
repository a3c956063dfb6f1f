"""The knobs of one run, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from graph.frozen import Frozen


class Mode(StrEnum):
    """Choose how far a run goes."""

    QUICK = "quick"
    STANDARD = "standard"
    DEEP = "deep"


class Approve(StrEnum):
    """Choose who releases the plan: nobody, or a person."""

    AUTO = "auto"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """Bound a run: follow-up rounds, lines of inquiry, passages a search, claims a line."""

    hops: int
    branches: int
    passages: int
    claims: int


DEPTHS = {
    Mode.QUICK: Depth(hops=0, branches=3, passages=8, claims=3),
    Mode.STANDARD: Depth(hops=1, branches=6, passages=12, claims=4),
    Mode.DEEP: Depth(hops=2, branches=12, passages=20, claims=6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Frozen):
    """Set one run: `docs` are absolute paths, `budget` is the most it may spend, in micro-dollars."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    docs: tuple[str, ...] = ()
    mode: Mode = Mode.STANDARD
    budget: int = 1_000_000
    user: str = "local"
    approve: Approve = Approve.AUTO

    @property
    def depth(self) -> Depth:
        """Return the bounds that belong to the mode."""
        return DEPTHS[self.mode]
