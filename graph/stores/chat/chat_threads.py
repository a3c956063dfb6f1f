"""Store the threads of a chat: their owners, their order in lists, and what is deleted with them."""

from __future__ import annotations

from graph.conversation import Record, Thread, ThreadQuery, ThreadWrite
from graph.errors import Refused
from graph.stores.chat.chat_tables import identified, opened, packed, searched
from graph.stores.db.db_worker import Connection, Row

UNUSED_DAYS = 30
MOST_SWEPT = 10
MOST_SEARCHED = 1_000
"""How many characters may be searched for: SQLite compares with no pattern above 50,000 bytes."""

_COLUMNS = "t.id, t.asker, u.id, t.created, t.updated, t.record"
_FROM = "FROM chat_threads t LEFT JOIN chat_users u ON u.identifier = t.asker"
_ADD = """
INSERT INTO chat_threads (id, asker, begun, turns, created, updated, words, record)
VALUES (:id, :asker, 0, 0, :now, :now, '', :record)
ON CONFLICT (id) DO UPDATE SET turns = chat_threads.turns + 1
"""
_HELD = ("chat_feedback", "chat_contents", "chat_elements", "chat_steps")


def enter(connection: Connection, visit: ThreadWrite) -> int | None:
    """Make a new thread if need be, and return the number of this write, or None if it was deleted.

    Raises Refused for another person's thread, and for an id that cannot be stored. On an engine with several
    writers the row stays locked, so that no two writes get the same number.
    """
    identified(visit.thread, "a conversation")
    if connection.execute("SELECT 1 FROM chat_deleted WHERE thread = :id", {"id": visit.thread}).fetchone():
        return None
    values = {"id": visit.thread, "asker": visit.asker or None, "now": visit.now, "record": packed({}, "")}
    connection.execute(_ADD, values)
    turns, owner = _standing(connection, visit.thread)
    if owner is None and visit.asker:
        connection.execute("UPDATE chat_threads SET asker = :asker WHERE id = :id", values)
    if visit.asker is not None and owner not in (None, visit.asker):
        raise Refused(f"thread {visit.thread} is another person's: nothing was written")
    if turns == 0:
        _sweep(connection, visit.now)
    return turns


def _standing(connection: Connection, thread: str) -> tuple[int, str | None]:
    row = connection.execute(
        "SELECT turns, asker FROM chat_threads WHERE id = :id", {"id": thread}
    ).fetchone()
    if row is None:
        raise LookupError(thread)
    return row[0], row[1]


def begin(connection: Connection, thread: str, name: str, now: float) -> None:
    """List a thread from now on, with `name` unless it has one."""
    known = _record(connection, thread)
    if known.get("name") is None:
        _write(connection, thread, known | {"name": name})
    values = {"id": thread, "now": now}
    connection.execute("UPDATE chat_threads SET begun = 1, updated = :now WHERE id = :id", values)


def bump(connection: Connection, thread: str, now: float) -> None:
    """Move a thread to the top of its person's list."""
    connection.execute("UPDATE chat_threads SET updated = :now WHERE id = :id", {"id": thread, "now": now})


def amend(connection: Connection, visit: ThreadWrite, changes: Record, *, user: str | None = None) -> None:
    """Change name, tags or metadata of a thread, made if it is new; metadata is merged, None removes a key.

    `user` is the id of the person it belongs to; a thread that has another owner raises Refused.
    """
    owner = visit.asker
    if user is not None:
        row = connection.execute("SELECT identifier FROM chat_users WHERE id = :id", {"id": user}).fetchone()
        if row is None or visit.asker not in (None, row[0]):
            raise Refused(f"user {user} is not the one who writes: log in again")
        owner = row[0]
    if enter(connection, ThreadWrite(thread=visit.thread, asker=owner, now=visit.now)) is None:
        return
    known = _record(connection, visit.thread)
    merged = known.get("metadata", {}) | changes.get("metadata", {})
    kept = {key: value for key, value in merged.items() if value is not None}
    _write(connection, visit.thread, known | changes | ({"metadata": kept} if merged else {}))
    if "name" in changes:
        connection.execute("UPDATE chat_threads SET begun = 1 WHERE id = :id", {"id": visit.thread})


def _record(connection: Connection, thread: str) -> Record:
    row = connection.execute("SELECT record FROM chat_threads WHERE id = :id", {"id": thread}).fetchone()
    return {} if row is None else opened(row[0])


def _write(connection: Connection, thread: str, record: Record) -> None:
    values = {
        "id": thread,
        "words": searched(record.get("name") or ""),
        "record": packed(record, f"thread {thread}"),
    }
    connection.execute("UPDATE chat_threads SET words = :words, record = :record WHERE id = :id", values)


def author(connection: Connection, thread: str) -> str | None:
    """Return the identifier of the person a thread belongs to."""
    row = connection.execute("SELECT asker FROM chat_threads WHERE id = :id", {"id": thread}).fetchone()
    return None if row is None else row[0]


def find(connection: Connection, thread: str) -> Thread | None:
    """Return a thread by its id."""
    row = connection.execute(f"SELECT {_COLUMNS} {_FROM} WHERE t.id = :id", {"id": thread}).fetchone()
    return None if row is None else _thread(row)


def page(connection: Connection, wanted: ThreadQuery) -> list[Thread]:
    """Return at most `most` threads that a person began, the latest activity first.

    Raises Refused when the search text is too long.
    """
    values: dict[str, object] = {"user": wanted.user, "most": wanted.most}
    clauses = ["t.asker = (SELECT identifier FROM chat_users WHERE id = :user)", "t.begun = 1"]
    if wanted.cursor:
        clauses.append("(t.updated, t.id) < (:updated, :id)")
        values["updated"], values["id"] = wanted.cursor
    if wanted.search:
        said = "SELECT 1 FROM chat_steps s WHERE s.thread = t.id AND s.words LIKE :search ESCAPE '!'"
        clauses.append(f"(t.words LIKE :search ESCAPE '!' OR EXISTS ({said}))")
        values["search"] = _pattern(wanted.search)
    if wanted.feedback is not None:
        clauses.append("EXISTS (SELECT 1 FROM chat_feedback f WHERE f.thread = t.id AND f.value = :feedback)")
        values["feedback"] = wanted.feedback
    order = "ORDER BY t.updated DESC, t.id DESC LIMIT :most"
    rows = connection.execute(f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(clauses)} {order}", values)
    return [_thread(row) for row in rows]


def _pattern(words: str) -> str:
    if len(words) > MOST_SEARCHED:
        raise Refused(f"at most {MOST_SEARCHED:,} characters are searched for: search for a part")
    literal = searched(words).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{literal}%"


def _thread(row: Row) -> Thread:
    thread, asker, user, created, updated, record = row
    return Thread(id=thread, asker=asker, user=user, created=created, updated=updated, record=opened(record))


def delete(connection: Connection, visit: ThreadWrite) -> None:
    """Remove a thread with its steps and elements; later writes to it are dropped."""
    owner = author(connection, identified(visit.thread, "a conversation"))
    if visit.asker is not None and owner not in (None, visit.asker):
        raise Refused(f"thread {visit.thread} is another person's: nothing was deleted")
    _remove(connection, visit.thread)
    connection.execute(
        "INSERT INTO chat_deleted (thread, at) VALUES (:id, :now) ON CONFLICT (thread) DO NOTHING",
        {"id": visit.thread, "now": visit.now},
    )


def _remove(connection: Connection, thread: str) -> None:
    for table in _HELD:
        connection.execute(f"DELETE FROM {table} WHERE thread = :id", {"id": thread})
    connection.execute("DELETE FROM chat_threads WHERE id = :id", {"id": thread})


def _sweep(connection: Connection, now: float) -> None:
    """Remove a few threads without any message, which no list shows."""
    unused = connection.execute(
        "SELECT id FROM chat_threads WHERE begun = 0 AND updated < :before ORDER BY updated LIMIT :most",
        {"before": now - UNUSED_DAYS * 86_400, "most": MOST_SWEPT},
    ).fetchall()
    for (thread,) in unused:
        _remove(connection, thread)
