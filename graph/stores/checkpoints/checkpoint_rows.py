"""Find, write and delete the rows of checkpoints, each a function that the database runs."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.stores.db.db_worker import Connection, Row, Work

Stored: TypeAlias = "tuple[Row, list[Row]]"
"""A checkpoint, and what was written on top of it."""

CHECKPOINT_TABLES = """
CREATE TABLE IF NOT EXISTS checkpoints (
    thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
    parent_checkpoint_id TEXT, type TEXT, checkpoint BLOB, metadata BLOB,
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id)
);
CREATE TABLE IF NOT EXISTS writes (
    thread_id TEXT NOT NULL, checkpoint_ns TEXT NOT NULL DEFAULT '', checkpoint_id TEXT NOT NULL,
    task_id TEXT NOT NULL, task_path TEXT NOT NULL DEFAULT '', idx INTEGER NOT NULL,
    channel TEXT NOT NULL, type TEXT, value BLOB,
    PRIMARY KEY (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
);
"""
CHECKPOINT = "checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata"
WRITE = "checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, value"
KEYS = {
    "checkpoints": "thread_id, checkpoint_ns, checkpoint_id",
    "writes": "thread_id, checkpoint_ns, checkpoint_id, task_id, idx",
}
TABLES = {"checkpoints": CHECKPOINT, "writes": WRITE}
AT = "thread_id = ? AND checkpoint_ns = ? AND checkpoint_id = ?"
GET = f"SELECT thread_id, {CHECKPOINT} FROM checkpoints WHERE {AT}"
PENDING = f"SELECT task_id, channel, type, value FROM writes WHERE {AT} ORDER BY task_path, task_id, idx"
LATEST = "SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = ?"
FIND = f"SELECT {KEYS['checkpoints']} FROM checkpoints"
NOTED = f"SELECT {KEYS['checkpoints']}, metadata FROM checkpoints"
FILTER_KEY = re.compile(r"[a-zA-Z0-9_.-]+")


def _replacing(table: str) -> str:
    """Return SQL that replaces the row with the same key."""
    others = (column for column in TABLES[table].split(", ") if column not in KEYS[table].split(", "))
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    return f"ON CONFLICT ({KEYS[table]}) DO UPDATE SET {changes}"


REPLACING = {table: _replacing(table) for table in TABLES}
_PUT = f"INSERT INTO checkpoints (thread_id, {CHECKPOINT}) VALUES (?, ?, ?, ?, ?, ?, ?)"
PUT = f"{_PUT} {REPLACING['checkpoints']}"
_PUT_WRITE = f"INSERT INTO writes (thread_id, {WRITE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
PUT_WRITE = f"{_PUT_WRITE} ON CONFLICT ({KEYS['writes']}) DO NOTHING"
REPLACE_WRITE = f"{_PUT_WRITE} {REPLACING['writes']}"


def find(place: Row, checkpoint_id: str | None, connection: Connection) -> list[Stored]:
    """Load the checkpoint of that id, or the latest of a thread and a namespace."""
    found = [(checkpoint_id,)] if checkpoint_id else connection.execute(LATEST, place).fetchall()
    return load([(*place, *each) for each in found], connection)


def load(keys: Sequence[Row], connection: Connection) -> list[Stored]:
    """Load the checkpoints of some keys, with what was written on top of each."""
    rows = [row for key in keys for row in connection.execute(GET, key)]
    return [(row, connection.execute(PENDING, row[:3]).fetchall()) for row in rows]


def searching(
    terms: Sequence[tuple[str, object]], notes: Mapping[str, object], limit: int | None
) -> Work[list[Row]]:
    """Return a function that finds the keys of matching checkpoints, newest first.

    A term is SQL with the value for its `?`; `notes` is what their metadata must hold. Raises ValueError for
    a key that is not a name.
    """
    wanted = [_wanted(key, value) for key, value in notes.items()]
    where = " AND ".join(term for term, _ in terms) or "true"
    return partial(
        _search, f"WHERE {where} ORDER BY checkpoint_id DESC", [v for _, v in terms], wanted, limit
    )


def _search(
    where: str,
    values: Sequence[object],
    wanted: Sequence[tuple[list[str], object]],
    limit: int | None,
    connection: Connection,
) -> list[Row]:
    if not wanted:
        bound, most = ("", []) if limit is None else (" LIMIT ?", [limit])
        return connection.execute(f"{FIND} {where}{bound}", [*values, *most]).fetchall()
    rows = connection.execute(f"{NOTED} {where}", values)
    return [row[:3] for row in rows if _holds(row[3], wanted)][:limit]


def _wanted(key: str, value: object) -> tuple[list[str], object]:
    if not FILTER_KEY.fullmatch(key):
        raise ValueError(f"cannot filter by {key!r}: use letters, digits, dots, hyphens and underscores")
    if isinstance(value, dict | list):
        value = json.dumps(value, separators=(",", ":"))
    return key.split("."), value if isinstance(value, str | int | float | None) else str(value)


def _holds(metadata: bytes | None, wanted: Sequence[tuple[list[str], object]]) -> bool:
    """Search the metadata in Python: no SQL that both engines know reads JSON."""
    notes = json.loads(metadata) if metadata else {}
    return all(_noted(notes, path) == value for path, value in wanted)


def _noted(notes: Any, path: Sequence[str]) -> object:  # noqa: ANN401 - whatever JSON holds
    for key in path:
        notes = notes.get(key) if isinstance(notes, dict) else None
    if isinstance(notes, dict | list):  # as SQLite's json_extract writes it
        return json.dumps(notes, separators=(",", ":"), ensure_ascii=False)
    return notes


def delete_threads(thread_ids: Sequence[str], connection: Connection) -> None:
    """Delete every checkpoint and write of some threads."""
    threads = [(str(thread_id),) for thread_id in thread_ids]
    for table in TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE thread_id = ?", threads)
