"""Offer commands and servers what an installation has stored, and open its application.

Every import of a store is late: a command that lists runs waits for no framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.caps import By, Cap, CapUse, Spent
    from graph.config.settings import Settings
    from graph.history import RunRow
    from graph.run.application import Application
    from graph.stores.db.database import Database
    from guards.claims.sealed_report import AuditEntry

MOST_RUNS = 1_000


def open_app(settings: Settings) -> AbstractAsyncContextManager[Application]:
    """Open the application; this imports LangGraph, which takes half a second."""
    from graph import app  # noqa: PLC0415  # see above

    return app.open_app(settings)


def list_runs(settings: Settings, limit: int = MOST_RUNS) -> list[RunRow]:
    """Return the latest stored runs, newest first; raises Misconfigured when they cannot be read."""
    if _is_new(settings):
        return []
    from graph.stores import run_listing  # noqa: PLC0415  # a new installation has nothing to read

    return run_listing.list_runs(settings.database, limit)


def list_runs_by_name(settings: Settings, limit: int = MOST_RUNS) -> list[RunRow]:
    """Return the latest stored runs with the name of each account in the place of its id."""
    if _is_new(settings):
        return []
    from graph.stores.accounts import account_names  # noqa: PLC0415  # as above

    names = account_names.list_names(settings.database)
    return [_with_name(run, names) for run in list_runs(settings, limit)]


def audit_chain(settings: Settings, run_id: str) -> tuple[AuditEntry, ...]:
    """Return the stored audit chain of a run; nothing for an unknown run."""
    if _is_new(settings):
        return ()
    from graph.stores.books import audit  # noqa: PLC0415  # as above

    return audit.read_chain(settings.database, run_id)


def request_stop(settings: Settings, run_id: str) -> bool:
    """Ask the process that works on a run to stop it; return False when no process works on it."""
    from graph.stores.leases import leases  # noqa: PLC0415  # only stopping needs it

    return leases.request_stop(settings.database, run_id)


def account_id(settings: Settings, name: str) -> str | None:
    """Return the id of the account that has a name now, or None."""
    if _is_new(settings):
        return None
    from graph.stores.accounts import account_names  # noqa: PLC0415  # as above

    return account_names.find_id(settings.database, name)


def list_costs(settings: Settings, by: By, since: float = 0.0) -> list[Spent]:
    """Sum what was spent since a time in seconds since the epoch; see `graph.stores.books.ledger_listing`."""
    from graph.stores.books import ledger_listing  # noqa: PLC0415  # only costs need it

    return ledger_listing.list_costs(settings.database, by, since)


def list_cap_uses(settings: Settings, now: float) -> list[CapUse]:
    """Return every cap with what counts against it now; raises Misconfigured when nothing can be read."""
    from graph.stores.books import ledger_listing  # noqa: PLC0415  # only caps need it

    return ledger_listing.list_cap_uses(settings.database, now)


def set_cap(database: Database, cap: Cap) -> None:
    """Set a cap; a cap of a user names the id of an account."""
    from graph.stores.books import stored_caps  # noqa: PLC0415  # only caps need it

    database.write_now(lambda connection: stored_caps.set_cap(connection, cap))


def unset_cap(database: Database, cap: Cap) -> bool:
    """Remove a cap, whatever its amount; return whether there was one."""
    from graph.stores.books import stored_caps  # noqa: PLC0415  # only caps need it

    return database.write_now(lambda connection: stored_caps.unset_cap(connection, cap))


def _is_new(settings: Settings) -> bool:
    """Tell whether nothing was stored yet: there is no file to read."""
    return isinstance(settings.database, Path) and not settings.database.exists()


def _with_name(run: RunRow, names: Mapping[str, str]) -> RunRow:
    user = run.options.user
    return replace(run, options=replace(run.options, user=names.get(user, user)))
