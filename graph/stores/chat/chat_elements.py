"""Store the elements of a chat, which people see or attach, and their bytes apart from them."""

from __future__ import annotations

from graph.conversation import Record, ThreadWrite
from graph.errors import Refused
from graph.stores.chat.chat_tables import identified, opened, packed
from graph.stores.chat.chat_threads import bump, enter
from graph.stores.db.db_worker import Connection

_KEEP = """
INSERT INTO chat_elements (id, thread, step, turn, record) VALUES (:id, :thread, :step, :turn, :record)
ON CONFLICT (id) DO UPDATE SET step = excluded.step, record = excluded.record
"""
_KEEP_CONTENT = """
INSERT INTO chat_contents (element, thread, content) VALUES (:id, :thread, :content)
ON CONFLICT (element) DO UPDATE SET content = excluded.content
"""
_SHOWN = """
SELECT e.record, c.element FROM chat_elements e LEFT JOIN chat_contents c ON c.element = e.id
WHERE e.thread = :thread
"""


def keep(connection: Connection, visit: ThreadWrite, element: Record, content: bytes | None) -> None:
    """Store an element and its bytes; None leaves the bytes as they are.

    Raises Refused when its id is taken by an element of another thread.
    """
    turn = enter(connection, visit)
    if turn is None:
        return
    _same_thread(connection, visit.thread, identified(element["id"], "an element"))
    step = element.get("forId")
    values = {
        "id": element["id"],
        "thread": visit.thread,
        "step": None if step is None else identified(step, "a step"),
        "turn": turn,
        "record": packed(element, f"element {element['id']}"),
    }
    connection.execute(_KEEP, values)
    if content is not None:
        held = {"id": element["id"], "thread": visit.thread, "content": content}
        connection.execute(_KEEP_CONTENT, held)
    bump(connection, visit.thread, visit.now)


def _same_thread(connection: Connection, thread: str, element: str) -> None:
    row = connection.execute("SELECT thread FROM chat_elements WHERE id = :id", {"id": element}).fetchone()
    if row is not None and row[0] != thread:
        raise Refused(f"element {element} is part of another thread: nothing was written")


def in_order(connection: Connection, thread: str) -> list[tuple[Record, bool]]:
    """Return the elements of a thread in order, each with whether its bytes are stored."""
    rows = connection.execute(f"{_SHOWN} ORDER BY e.turn", {"thread": thread})
    return [(opened(record), content is not None) for record, content in rows]


def find(connection: Connection, thread: str, element: str) -> tuple[Record, bool] | None:
    """Return one element of a thread, with whether its bytes are stored."""
    row = connection.execute(f"{_SHOWN} AND e.id = :id", {"thread": thread, "id": element}).fetchone()
    return None if row is None else (opened(row[0]), row[1] is not None)


def content_for(connection: Connection, asker: str, thread: str, element: str) -> tuple[Record, bytes] | None:
    """Return an element and its bytes to the person whose thread it is in, None to anybody else."""
    row = connection.execute(
        "SELECT e.record, c.content FROM chat_contents c JOIN chat_elements e ON e.id = c.element"
        " JOIN chat_threads t ON t.id = e.thread"
        " WHERE e.id = :id AND e.thread = :thread AND t.asker = :asker",
        {"id": element, "thread": thread, "asker": asker},
    ).fetchone()
    return None if row is None else (opened(row[0]), bytes(row[1]))


def delete(connection: Connection, element: str, asker: str | None) -> None:
    """Remove an element and its bytes; raises Refused when it is another person's."""
    row = connection.execute(
        "SELECT t.asker FROM chat_elements e JOIN chat_threads t ON t.id = e.thread WHERE e.id = :id",
        {"id": element},
    ).fetchone()
    if row is not None and asker is not None and row[0] not in (None, asker):
        raise Refused(f"element {element} is another person's: nothing was deleted")
    connection.execute("DELETE FROM chat_contents WHERE element = :id", {"id": element})
    connection.execute("DELETE FROM chat_elements WHERE id = :id", {"id": element})


def delete_of_step(connection: Connection, step: str) -> None:
    """Remove the elements that belong to a step."""
    connection.execute(
        "DELETE FROM chat_contents WHERE element IN (SELECT id FROM chat_elements WHERE step = :id)",
        {"id": step},
    )
    connection.execute("DELETE FROM chat_elements WHERE step = :id", {"id": step})
