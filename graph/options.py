"""List the options of one run, each with the description that every entrance shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import ClassVar, get_type_hints

from graph.immutable import Frozen
from graph.option_field import EVERYWHERE, Entrance, OptionField, RunOption, about, described


class Mode(StrEnum):
    """Choose how thorough a run is."""

    QUICK = "quick"
    STANDARD = "standard"
    DEEP = "deep"


class Approve(StrEnum):
    """Choose whether a run goes on by itself or asks a person."""

    AUTO = "auto"
    ASK = "ask"


class Role(StrEnum):
    """Name who asks, as the policy knows them; each may do what the one before may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """Limit a run: follow-up rounds, lines of inquiry, passages a search, claims a line, pages a search."""

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


MOST_BUDGET = 1_000_000_000_000
MOST_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Frozen):
    """Set one run: a new option is one field here, with its description.

    `docs` are absolute paths, `budget` is in micro-dollars, `sources` are groups or names of tools,
    `language` is a code of ISO 639 (`de`; empty: that of each service).
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    docs: tuple[str, ...] = field(
        default=(), metadata=about(OptionField(free=True, help="A folder or file to research"))
    )
    mode: Mode = field(
        default=Mode.STANDARD,
        metadata=about(
            OptionField(
                free=True, help="How far to go", entrances=frozenset({Entrance.COMMAND, Entrance.API})
            )
        ),
    )
    budget: int = field(
        default=1_000_000,
        metadata=about(
            OptionField(free=True, help="The most to spend", unit="micro-dollars", most=MOST_BUDGET)
        ),
    )
    user: str = field(default="local", metadata=about(OptionField(help="Who asks")))
    approve: Approve = field(
        default=Approve.AUTO,
        metadata=about(
            OptionField(
                free=True,
                help="`ask` shows you the plan first, and calls and costs that need you later",
                label="Before it acts",
                note="You can change the plan before anything is searched.",
                choices={"ask": "Ask me: the plan and risky calls", "auto": "Go ahead without me"},
                initial="ask",
                entrances=EVERYWHERE,
            )
        ),
    )
    sources: tuple[str, ...] = field(
        default=("documents",),
        metadata=about(
            OptionField(free=True, help="Where to look: documents, web, scholarly, community or a tool")
        ),
    )
    role: Role = field(
        default=Role.ANALYST,
        metadata=about(OptionField(help="Who asks, as the policy knows them")),
    )
    priority: int = field(
        default=5,
        metadata=about(
            OptionField(
                free=True,
                help="10 goes before all others",
                least=1,
                most=10,
                entrances=frozenset({Entrance.COMMAND}),
            )
        ),
    )
    deadline: float = field(
        default=0.0,
        metadata=about(
            OptionField(
                free=True,
                help="Report what there is after so long; 0: never",
                label="Deadline in seconds",
                note="Report what there is after so long. 0: as long as it takes.",
                unit="seconds",
                most=MOST_SECONDS,
                entrances=EVERYWHERE,
            )
        ),
    )
    release: Approve = field(
        default=Approve.AUTO,
        metadata=about(
            OptionField(
                free=True,
                help="`ask` shows you the report before it is released",
                label="Before the report is shown",
                note="You read it first, and can hold it back.",
                choices={"auto": "Show it at once", "ask": "Ask me"},
                entrances=frozenset({Entrance.COMMAND, Entrance.CHAT}),
            )
        ),
    )
    language: str = field(
        default="", metadata=about(OptionField(free=True, help="The language to look for sources in, as de"))
    )
    share: int = field(
        default=0,
        metadata=about(
            OptionField(
                help="The percentage of each cap of the installation that a user without a cap may use; "
                "0: no such bound",
                unit="a percentage",
                most=100,
            )
        ),
    )
    private: bool = field(
        default=False,
        metadata=about(
            OptionField(
                free=True,
                help="Whether the question holds words of the person's own documents: they go to no service "
                "without a yes",
            )
        ),
    )

    @property
    def depth(self) -> Depth:
        """Return the bounds that belong to the mode."""
        return DEPTHS[self.mode]


@cache
def run_options(entrance: Entrance | None = None) -> Mapping[str, RunOption]:
    """Return the options of a run by name: those an entrance offers as they are described, or all."""
    kinds = get_type_hints(Options)
    made = (
        RunOption(name=each.name, kind=kinds[each.name], default=each.default, about=described(each))
        for each in fields(Options)
    )
    return {each.name: each for each in made if entrance is None or entrance in each.about.entrances}
