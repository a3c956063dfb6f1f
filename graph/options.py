"""The knobs of one run, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from graph.immutable import Frozen


class Mode(StrEnum):
    """Choose how far a run goes."""

    QUICK = "quick"
    STANDARD = "standard"
    DEEP = "deep"


class Approve(StrEnum):
    """Choose who releases something: it goes on by itself, or a person is asked."""

    AUTO = "auto"
    ASK = "ask"


class Role(StrEnum):
    """Name who asks, as the policy knows them; each may do what the one before may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """Bound a run: follow-up rounds, lines of inquiry, passages a search, claims a line, pages a search."""

    hops: int
    branches: int
    passages: int
    claims: int
    pages: int


DEPTHS = {
    Mode.QUICK: Depth(hops=0, branches=3, passages=8, claims=3, pages=1),
    Mode.STANDARD: Depth(hops=1, branches=6, passages=12, claims=4, pages=2),
    Mode.DEEP: Depth(hops=2, branches=12, passages=20, claims=6, pages=4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Frozen):
    """Set one run: `docs` are absolute paths, `budget` is the most it may spend, in micro-dollars.

    `sources` are groups or names of tools, `priority` goes from 1 to 10, `deadline` is how many seconds it
    may work at a stretch (0: as long as it takes). `approve` says who releases the plan, risky calls and
    another budget, `release` who releases the report. `language` is the code of the language in which sources
    are looked for (ISO 639, as `de`; empty: each service's own). `share` is how many percent of each cap of
    the installation the user may use who has no cap of that window; 0: there is no such bound. `private` says
    that the question holds words of the person's own documents: they go to no service without a yes.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    docs: tuple[str, ...] = ()
    mode: Mode = Mode.STANDARD
    budget: int = 1_000_000
    user: str = "local"
    approve: Approve = Approve.AUTO
    sources: tuple[str, ...] = ("documents",)
    role: Role = Role.ANALYST
    priority: int = 5
    deadline: float = 0.0
    release: Approve = Approve.AUTO
    language: str = ""
    share: int = 0
    private: bool = False

    @property
    def depth(self) -> Depth:
        """Return the bounds that belong to the mode."""
        return DEPTHS[self.mode]
