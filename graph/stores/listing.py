"""List runs without opening the database for work: no thread, no framework, no lock."""

from __future__ import annotations

import json
from typing import Any

from graph.history import RunRow
from graph.location import Location
from graph.options import Approve, Mode, Options, Role
from graph.records import Status
from graph.stores.reading import columns, reading

COLUMNS = "id, question, options, status, created, updated, report"

_BEFORE = Options()  # what a run asked for that was stored before it could say so

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
    return Options(
        docs=tuple(values["docs"]),
        mode=Mode(values["mode"]),
        budget=values["budget"],
        user=values["user"],
        approve=Approve(values["approve"]),
        sources=tuple(values.get("sources", _BEFORE.sources)),
        role=Role(values.get("role", _BEFORE.role)),
        priority=values.get("priority", _BEFORE.priority),
        deadline=values.get("deadline", _BEFORE.deadline),
        release=Approve(values.get("release", _BEFORE.release)),
        language=values.get("language", _BEFORE.language),
    )
