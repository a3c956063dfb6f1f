"""Store the steps of a chat."""

from __future__ import annotations

from graph.conversation import Record, ThreadWrite
from graph.errors import Refused
from graph.stores.chat.chat_elements import delete_of_step
from graph.stores.chat.chat_tables import identified, opened, packed, searched
from graph.stores.chat.chat_threads import begin, bump, enter
from graph.stores.db.db_worker import Connection

_KEEP = """
INSERT INTO chat_steps (id, thread, at, turn, favorite, words, record)
VALUES (:id, :thread, :at, :turn, :favorite, :words, :record)
ON CONFLICT (id) DO UPDATE SET at = excluded.at, favorite = excluded.favorite, words = excluded.words,
    record = excluded.record
"""
_IN_ORDER = """
SELECT s.record, f.id, f.value, f.record FROM chat_steps s LEFT JOIN chat_feedback f ON f.step = s.id
WHERE s.thread = :thread ORDER BY s.at, s.turn
"""
_FAVORITES = """
SELECT s.record FROM chat_steps s JOIN chat_threads t ON t.id = s.thread
WHERE s.favorite = 1 AND t.asker = (SELECT identifier FROM chat_users WHERE id = :user)
ORDER BY s.at DESC, s.turn DESC
"""


def keep(connection: Connection, visit: ThreadWrite, step: Record, at: float | None) -> None:
    """Store a step, or the changes of one; a new thread is made, and a person's message begins it.

    Keys that `step` lacks stay as they are. `at` is when it was said; None keeps the stored time, or takes
    that of the write. Raises Refused when its id is taken by a step of another thread.
    """
    turn = enter(connection, visit)
    if turn is None:
        return
    known = _known(connection, visit.thread, identified(step["id"], "a step"))
    record = known | step
    output = record.get("output") or ""
    values = {
        "id": step["id"],
        "thread": visit.thread,
        "at": visit.now if at is None else at,
        "turn": turn,
        "favorite": int(bool((record.get("metadata") or {}).get("favorite"))),
        "words": searched(output),
        "record": packed(record, f"step {step['id']}"),
    }
    connection.execute(_KEEP, values)
    if record.get("type") == "user_message":
        begin(connection, visit.thread, output, visit.now)
    else:
        bump(connection, visit.thread, visit.now)


def _known(connection: Connection, thread: str, step: str) -> Record:
    row = connection.execute("SELECT thread, record FROM chat_steps WHERE id = :id", {"id": step}).fetchone()
    if row is None:
        return {}
    if row[0] != thread:
        raise Refused(f"step {step} is part of another thread: nothing was written")
    return opened(row[1])


def is_kept(connection: Connection, step: str) -> bool:
    """Tell whether a step of this id is stored."""
    return bool(connection.execute("SELECT 1 FROM chat_steps WHERE id = :id", {"id": step}).fetchone())


def in_order(connection: Connection, thread: str) -> list[Record]:
    """Return the steps of a thread by time, then in the order they came, each with its feedback."""
    rows = connection.execute(_IN_ORDER, {"thread": thread})
    return [opened(record) | _feedback(feedback, value, said) for record, feedback, value, said in rows]


def _feedback(feedback: str | None, value: int, said: str) -> Record:
    return {} if feedback is None else {"feedback": opened(said) | {"id": feedback, "value": value}}


def favorites(connection: Connection, user: str) -> list[Record]:
    """Return the steps a person marked, latest first."""
    return [opened(record) for (record,) in connection.execute(_FAVORITES, {"user": user})]


def delete(connection: Connection, step: str, asker: str | None) -> None:
    """Remove a step with its elements and its feedback; raises Refused when it is another person's."""
    row = connection.execute(
        "SELECT t.asker FROM chat_steps s JOIN chat_threads t ON t.id = s.thread WHERE s.id = :id",
        {"id": step},
    ).fetchone()
    if row is None:
        return
    if asker is not None and row[0] not in (None, asker):
        raise Refused(f"step {step} is another person's: nothing was deleted")
    delete_of_step(connection, step)
    connection.execute("DELETE FROM chat_feedback WHERE step = :id", {"id": step})
    connection.execute("DELETE FROM chat_steps WHERE id = :id", {"id": step})
