"""List runs quickly: read only, without a thread, a framework or a lock."""

from __future__ import annotations

import json
from enum import Enum
from typing import Any

from graph.config.database_address import Location
from graph.history import RunRow
from graph.option_field import RunOption
from graph.options import Options, run_options
from graph.records import Status
from graph.stores.db.read_only import columns, reading

COLUMNS = "id, question, options, status, created, updated, report"

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
    """Read stored options; what an earlier release did not store has its default."""
    known = {name: option for name, option in run_options().items() if name in values}
    return Options(**{name: _read(option, values[name]) for name, option in known.items()})


def _read(option: RunOption, value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(option.default, tuple):
        return tuple(value)
    return option.kind(value) if isinstance(option.default, Enum) else value
