"""List runs without opening the database for work: no thread, no framework, no lock."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from graph.config.database_address import Location
from graph.history import RunRow
from graph.options import Approve, Mode, Options, Role
from graph.records import Status
from graph.stores.db.read_only import columns, reading

COLUMNS = "id, question, options, status, created, updated, report"

_READ: dict[str, Callable[[Any], Any]] = {
    "docs": tuple,
    "sources": tuple,
    "mode": Mode,
    "approve": Approve,
    "release": Approve,
    "role": Role,
}
"""How an option is read whose JSON is of another type."""

_LATEST = f"SELECT {COLUMNS} FROM runs ORDER BY created DESC, id DESC LIMIT ?"


def list_runs(location: Location, limit: int = 1_000) -> list[RunRow]:
    """Return the latest runs, newest first; none when there is no database yet.

    Raises Misconfigured when the database cannot be read.
    """
    with reading(location) as connection:
        if not columns(connection, location, "runs"):
            return []
        return [run_row(row) for row in connection.execute(_LATEST, (limit,))]


def run_row(row: tuple[Any, ...]) -> RunRow:
    """Read a row of the columns above."""
    run_id, question, options, status, created, updated, report = row
    return RunRow(
        id=run_id,
        question=question,
        options=_options(json.loads(options)),
        status=Status(status),
        created=created,
        updated=updated,
        report=None if report is None else json.loads(report),
    )


def _options(values: dict[str, Any]) -> Options:
    """Read what was stored; what an earlier release could not say is as it was then."""
    known = {field.name for field in fields(Options)} & values.keys()
    return Options(**{name: _READ.get(name, _as_it_is)(values[name]) for name in known})


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - JSON
    return value
