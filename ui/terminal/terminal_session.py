"""Open what the commands talk to: the one place to put something else there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graph.config.settings import Settings
from graph.options import Options
from ui.server.people.account_name import RESERVED, folded

if TYPE_CHECKING:  # pydantic and what else these bring is not worth waiting for
    from graph.events import Event
    from graph.history import RunRow
    from graph.records import Status
    from graph.report.timeline import RunHistory
    from graph.tool import ToolState
    from graph.untrusted import Untrusted
    from guards.claims.sealed_report import AuditEntry


MOST_RUNS = 1_000


class App(Protocol):
    """Do research; `graph.app.App` does."""

    def run(
        self, question: str, options: Options, *, run_id: str | None = None, most: int | None = None
    ) -> AsyncIterator[Event]:
        """Research a question; the last event is Finished or Waiting; `most` bounds the budget asked for."""

    def resume(
        self,
        run_id: str,
        decision: Mapping[str, Any] | None = None,
        *,
        budget: int | None = None,
        most: int | None = None,
        by: str = "",
    ) -> AsyncIterator[Event]:
        """Continue a run, as decided `by` a person; with a budget in micro-dollars, one cut short.

        `most` bounds the budget asked for, also by the decision.
        """

    async def decided(self, run_id: str) -> str:
        """Say why a decision about a run comes too late, or who decided last."""

    def stop(self, run_id: str) -> None:
        """End a run that is under way here within a second, with a report on what it has."""

    async def stored(self, run_id: str) -> RunRow | None:
        """Return a run as it is stored, or None for an unknown one."""

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return runs of a person, newest first; `before` is when one was asked and its id."""

    async def tally(self) -> Mapping[Status, int]:
        """Count the stored runs by where they stand."""

    async def check(self) -> None:
        """Read and write the database; raises what keeps it from that."""

    def end(self, run_id: str, by: str = "") -> AsyncIterator[Event]:
        """End a run that waits for a person, with a report on what it has."""

    async def pending(self, run_id: str) -> dict[str, Any] | None:
        """Return what a run waits for a person to decide, or None."""

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the stored texts of sources by id."""

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the audit chain of a run, in order."""

    async def history(self, run_id: str) -> RunHistory:
        """Return what is stored of a run's course."""

    async def row(self, run_id: str) -> RunRow:
        """Return a run as it is stored; raises Refused for an unknown run."""

    async def tools(self) -> tuple[ToolState, ...]:
        """Return every tool with how it stands."""


def open_app(settings: Settings) -> AbstractAsyncContextManager[App]:
    """Open the application."""
    from graph import app  # noqa: PLC0415  # half a second that listing runs need not wait for

    return app.open_app(settings)


def new_run_id(now: float) -> str:
    """Return an id for a new run."""
    from graph.run import application  # noqa: PLC0415  # as above; the run it names imports it anyway

    return application.new_run_id(now)


def asker_named(settings: Settings, name: str) -> str:
    """Return the id of the account of that name; where there is none, the name is one of the command line."""
    plain = folded(name)
    if plain is None or plain in RESERVED:
        return name
    if isinstance(settings.database, Path) and not settings.database.exists():
        return name
    from graph.stores.accounts import account_names  # noqa: PLC0415  # nobody else needs it

    return account_names.find_id(settings.database, plain) or name


def list_runs(settings: Settings, limit: int = MOST_RUNS) -> list[RunRow]:
    """Return the latest stored runs, newest first, without opening the application."""
    if isinstance(settings.database, Path) and not settings.database.exists():
        return []
    from graph.stores import run_listing  # noqa: PLC0415  # nothing stored, nothing to import

    return run_listing.list_runs(settings.database, limit)


def chain_of(settings: Settings, run_id: str) -> tuple[AuditEntry, ...]:
    """Return the stored audit chain of a run, without opening the application; none of a run it knows not."""
    if isinstance(settings.database, Path) and not settings.database.exists():
        return ()
    from graph.stores.books import audit  # noqa: PLC0415  # nothing stored, nothing to import

    return audit.read_chain(settings.database, run_id)


def named(runs: Sequence[RunRow], names: Mapping[str, str]) -> list[RunRow]:
    """Return runs that say the names of those who asked, in the place of the ids of their accounts."""
    return [
        replace(run, options=replace(run.options, user=names.get(run.options.user, run.options.user)))
        for run in runs
    ]


def stop_run(settings: Settings, run_id: str) -> bool:
    """Ask the process that works on a run to stop it; False when none does."""
    from graph.stores.leases import leases  # noqa: PLC0415  # only stopping needs it

    return leases.request_stop(settings.database, run_id)
