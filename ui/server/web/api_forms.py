"""What callers send and get, as the OpenAPI page shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from graph.history import RunRow
from graph.option_field import Entrance
from graph.options import Mode, run_options
from graph.records import Status
from guards.budget import usd
from guards.language_code import CODE_OR_NONE
from ui.report.answer_standing import reason

MOST_WORD = 64
MOST_LISTED = 32
Word = Annotated[str, Field(min_length=1, max_length=MOST_WORD)]
Usd = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=20)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _described() -> dict[str, Any]:
    """Return the fields of the options that callers set as they are described."""
    return {
        option.name: (
            option.kind | None,
            Field(
                default=None,
                ge=None if option.about.most is None else option.about.least,
                le=option.about.most,
                description=option.about.help,
            ),
        )
        for option in run_options(Entrance.API).values()
    }


_Described: Any = create_model("_Described", __base__=_Form, **_described())


class RunOptions(_Described):
    """Set one run; what is left out is as the operator set it."""

    sources: tuple[Word, ...] | None = Field(
        default=None, max_length=MOST_LISTED, description="groups or names of tools: documents, web, …"
    )
    docs: tuple[str, ...] | None = Field(
        default=None, max_length=MOST_LISTED, description="names of folders in ATTEST_DOCS; all if left out"
    )
    budget_usd: Usd | None = Field(default=None, description="the most the run may spend")
    language: str | None = Field(
        default=None,
        pattern=CODE_OR_NONE,
        description="code of the language in which sources are looked for, as de; empty: any",
    )


class NewRun(_Form):
    """Ask a question."""

    question: str = Field(
        min_length=1, max_length=10_000, examples=["Which of the vaccines is stored coldest?"]
    )
    options: RunOptions = RunOptions()


class Continuing(_Form):
    """Let a run go on; with a budget, one that was cut short."""

    budget_usd: Usd | None = None


class Links(BaseModel):
    """Say where the parts of a run are."""

    self: str
    events: str
    pending: str
    report: str


class RunShown(BaseModel):
    """Show where a run stands; times in seconds since the epoch, `under_way` in this process.

    `reason` says why a run that ended ended so.
    """

    run_id: str
    question: str
    status: Status
    reason: str | None = None
    under_way: bool
    created: float
    updated: float
    mode: Mode
    sources: tuple[str, ...]
    language: str
    budget_usd: str
    cost: dict[str, Any] | None = None
    links: Links


class RunList(BaseModel):
    """List runs, newest first; `cursor` gets the next page, null on the last."""

    runs: list[RunShown]
    cursor: str | None = None


class Pending(BaseModel):
    """Show what a run waits for: null if it waits for nothing."""

    pending: dict[str, Any] | None


class Stopping(BaseModel):
    """Say that a run was asked to end with what it has."""

    run_id: str
    stopping: bool = True


class ProblemShown(BaseModel):
    """Say what is wrong, and the way out (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def shown(row: RunRow, *, under_way: bool) -> RunShown:
    """Show a stored run to whoever may read it."""
    base = f"/api/runs/{row.id}"
    cost = (row.report or {}).get("cost")
    return RunShown(
        run_id=row.id,
        question=row.question,
        status=row.status,
        reason=reason(row.report) or None if row.report else None,
        under_way=under_way,
        created=row.created,
        updated=row.updated,
        mode=row.options.mode,
        sources=row.options.sources,
        language=row.options.language,
        budget_usd=usd(row.options.budget),
        cost=cost if isinstance(cost, dict) else None,
        links=Links(self=base, events=f"{base}/events", pending=f"{base}/pending", report=f"{base}/report"),
    )
