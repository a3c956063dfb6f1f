"""Write a finished call as JSON, and store completed calls, so that no call is made twice for a run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from graph.costs import Tokens
from graph.records import Call, Outcome, Passage, Source, Span, Unknown
from graph.stores.db.db_worker import Connection
from graph.stores.retrievals import described, fields


def to_json(call: Call) -> str:
    """Write a call; it refers to its texts, which are stored elsewhere."""
    return json.dumps(call, default=_fields)


def from_json(text: str) -> Call:
    """Read a call that `to_json` wrote, in this release or an earlier one."""
    record = json.loads(text)
    passages = tuple(
        Passage(span=Span(**passage["span"]), score=passage["score"], branch=passage["branch"])
        for passage in record["passages"]
    )
    read = {
        "outcome": Outcome(record["outcome"]),
        "passages": passages,
        "unknowns": tuple(Unknown(**unknown) for unknown in record["unknowns"]),
        "tokens": Tokens(**record["tokens"]) if record.get("tokens") else None,
        "sources": tuple(described(*row) for row in record.get("sources", ())),
    }
    return Call(**{**record, **read})


def _fields(record: Any) -> object:  # noqa: ANN401 - json calls it with whatever it does not know
    """Return the values of a record by name; `asdict` would copy each and take three times as long."""
    if isinstance(record, Source):
        return fields(record)
    return {name: getattr(record, name) for name in record.__slots__}


JOURNAL_TABLES = """
CREATE TABLE journal (
    run TEXT NOT NULL, call TEXT NOT NULL, tool TEXT NOT NULL, record TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (run, call)
);
"""


def entries(connection: Connection, run_id: str) -> dict[str, Call]:
    """Return the calls that this run completed, by key."""
    rows = connection.execute("SELECT call, record FROM journal WHERE run = :run", {"run": run_id})
    return {key: from_json(record) for key, record in rows}


def enter(connection: Connection, run_id: str, key: str, call: Call) -> None:
    """Store a completed call; an existing one stays as it is.

    How it came by its texts is stored once for the run, beside the journal.
    """
    connection.execute(
        "INSERT INTO journal (run, call, tool, record, at) VALUES (:run, :call, :tool, :record, :at)"
        " ON CONFLICT (run, call) DO NOTHING",
        {
            "run": run_id,
            "call": key,
            "tool": call.tool,
            "record": to_json(replace(call, sources=())),
            "at": call.ended,
        },
    )


def replayed(call: Call, task: str, branch: str) -> Call:
    """Return a stored call as the result of another task that asks the same."""
    passages = tuple(replace(passage, branch=branch) for passage in call.passages)
    return replace(call, task=task, branch=branch, passages=passages, replayed=True)
