"""Define the tables of a chat: columns for what is searched, one JSON record for the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graph.conversation import Record
from graph.errors import Refused, Unusable

MOST_ID_BYTES = 500
"""How long an id may be: an index row of PostgreSQL holds about 2,700 bytes, and some hold two ids."""

# Long columns come last, so that reading the others does not load their overflow pages.
CHAT_TABLES = """
CREATE TABLE chat_users (
    id TEXT NOT NULL PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, created REAL NOT NULL, record TEXT NOT NULL
);
CREATE TABLE chat_threads (
    id TEXT NOT NULL PRIMARY KEY, asker TEXT, begun INTEGER NOT NULL, turns INTEGER NOT NULL,
    created REAL NOT NULL, updated REAL NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX chat_threads_of_asker ON chat_threads (asker, begun, updated, id);
CREATE INDEX chat_threads_by_age ON chat_threads (begun, updated);
CREATE TABLE chat_deleted (thread TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE chat_steps (
    id TEXT NOT NULL PRIMARY KEY, thread TEXT NOT NULL, at REAL NOT NULL, turn INTEGER NOT NULL,
    favorite INTEGER NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX chat_steps_in_order ON chat_steps (thread, at, turn);
CREATE INDEX chat_steps_favorite ON chat_steps (thread) WHERE favorite = 1;
CREATE TABLE chat_elements (
    id TEXT NOT NULL PRIMARY KEY, thread TEXT NOT NULL, step TEXT, turn INTEGER NOT NULL, record TEXT NOT NULL
);
CREATE INDEX chat_elements_in_order ON chat_elements (thread, turn);
CREATE INDEX chat_elements_of_step ON chat_elements (step);
CREATE TABLE chat_contents (
    element TEXT NOT NULL PRIMARY KEY, thread TEXT NOT NULL, content BLOB NOT NULL
);
CREATE INDEX chat_contents_of_thread ON chat_contents (thread);
CREATE TABLE chat_feedback (
    step TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL, value INTEGER NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX chat_feedback_of_thread ON chat_feedback (thread, value);
"""


def packed(record: Mapping[str, Any], what: str) -> str:
    """Write a record as ASCII that reads back equal; raises Unusable for what JSON cannot hold."""
    try:
        return json.dumps(record)
    except (TypeError, ValueError) as error:
        raise Unusable(f"{what} holds what JSON cannot say ({error}): put plain values into it") from error


def opened(stored: str) -> Record:
    """Read a record."""
    record: Record = json.loads(stored)
    return record


def identified(given: object, what: str) -> str:
    """Return an id that every engine stores as it is; raises Refused for any other: browsers choose ids."""
    try:
        if isinstance(given, str) and "\0" not in given and len(given.encode()) <= MOST_ID_BYTES:
            return given
    except UnicodeEncodeError:
        pass
    raise Refused(
        f"the id of {what} is no text of at most {MOST_ID_BYTES} bytes, without NUL and half characters: "
        "reload the page and try again"
    )


def searched(*texts: str) -> str:
    """Return texts in the form that a search compares: without case, NUL and half characters."""
    return "\n".join(texts).casefold().replace("\0", "").encode(errors="replace").decode()
