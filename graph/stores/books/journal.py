"""Store completed calls, so that no call is made twice for a run."""

from __future__ import annotations

from dataclasses import replace

from graph.records import Call
from graph.stores.books.call_json import from_json, to_json
from graph.stores.db.db_worker import Connection

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
