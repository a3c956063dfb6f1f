"""Store the people of the chat, and their ratings of answers."""

from __future__ import annotations

from graph.conversation import Person, StepRating
from graph.errors import Refused
from graph.stores.chat.chat_tables import identified, opened, packed
from graph.stores.db.db_worker import Connection

_JOIN = "FROM {} JOIN chat_threads t ON t.id = x.thread WHERE x.id = :id"
_KEEP = """
INSERT INTO chat_users (id, identifier, created, record) VALUES (:id, :identifier, :created, :record)
ON CONFLICT (identifier) DO UPDATE SET record = excluded.record
"""
_RATE = """
INSERT INTO chat_feedback (step, id, thread, value, record) VALUES (:step, :id, :thread, :value, :record)
ON CONFLICT (step) DO UPDATE SET value = excluded.value, record = excluded.record
"""


def find_person(connection: Connection, identifier: str) -> Person | None:
    """Return a person by the name they log in with."""
    row = connection.execute(
        "SELECT id, identifier, created, record FROM chat_users WHERE identifier = :identifier",
        {"identifier": identifier},
    ).fetchone()
    if row is None:
        return None
    return Person(id=row[0], identifier=row[1], created=row[2], record=opened(row[3]))


def keep_person(connection: Connection, person: Person) -> Person:
    """Store a person and return them as stored: a known person keeps id and date."""
    values = {
        "id": person.id,
        "identifier": identified(person.identifier, "an account"),
        "created": person.created,
        "record": packed(person.record, f"user {person.identifier}"),
    }
    connection.execute(_KEEP, values)
    return find_person(connection, person.identifier) or person


def rate(connection: Connection, rating: StepRating, asker: str) -> str:
    """Store a rating and return its id: a step has one rating, and a second replaces the first.

    Raises Refused when there is no such step in a thread of the person.
    """
    row = connection.execute(
        f"SELECT x.thread, t.asker {_JOIN.format('chat_steps x')}", {"id": rating.step}
    ).fetchone()
    if row is None or row[1] not in (None, asker):
        raise Refused(f"there is no step {rating.step} of yours: reload the page and rate it again")
    named = {"id": identified(rating.id, "feedback")}
    taken = connection.execute("SELECT step FROM chat_feedback WHERE id = :id", named).fetchone()
    if taken is not None and taken[0] != rating.step:
        raise Refused(f"there is no rating {rating.id} of this step: reload the page and rate it again")
    record = packed({"forId": rating.step, "comment": rating.comment}, f"feedback {rating.id}")
    values = {
        **named,
        "step": rating.step,
        "thread": row[0],
        "value": rating.value,
        "record": record,
    }
    connection.execute(_RATE, values)
    kept = connection.execute("SELECT id FROM chat_feedback WHERE step = :step", values).fetchone()
    return rating.id if kept is None else str(kept[0])


def unrate(connection: Connection, rating: str, asker: str) -> bool:
    """Remove a rating of the person, and return True.

    Raises Refused, in the same words, for another person's rating and for an unknown one.
    """
    named = {"id": identified(rating, "feedback")}
    row = connection.execute(f"SELECT t.asker {_JOIN.format('chat_feedback x')}", named).fetchone()
    if row is None or row[0] not in (None, asker):
        raise Refused(f"there is no rating {rating} of yours: reload the page")
    connection.execute("DELETE FROM chat_feedback WHERE id = :id", named)
    return True
