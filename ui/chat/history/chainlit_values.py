"""Convert rows of the store to the values of Chainlit, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chainlit.types import ThreadDict
from chainlit.user import PersistedUser

from graph.conversation import Person, Thread
from graph.errors import Unusable

FILES = "/files/elements"


def seconds(moment: str | None) -> float | None:
    """Return the seconds since 1970 of a time as Chainlit writes it; None for anything else."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def moment(seconds: float) -> str:
    """Return a time as Chainlit writes it."""
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def cursor(thread: Thread) -> str:
    """Return the cursor of a thread in its person's list: the next page begins after it."""
    return f"{thread.updated!r} {thread.id}"


def place(cursor: str | None) -> tuple[float, str] | None:
    """Read a cursor; raise Unusable for one that was not made here."""
    if not cursor:
        return None
    updated, _, thread = cursor.partition(" ")
    try:
        at = float(updated)
    except ValueError:
        at = math.nan
    if not math.isfinite(at):  # the database engines sort NaN and infinity differently
        raise Unusable(f"{cursor!r} is no place in a list of threads: reload the page")
    return at, thread


def step_label(step: Mapping[str, Any]) -> str:
    """Return the words that name a step to its person."""
    return "your message" if step.get("type") == "user_message" else f"“{step.get('name') or 'a step'}”"


def user_of(person: Person) -> PersistedUser:
    """Return a person as a Chainlit user."""
    return PersistedUser(
        id=person.id,
        identifier=person.identifier,
        createdAt=moment(person.created),
        display_name=person.record["display_name"],
        metadata=person.record["metadata"],
    )


def thread_of(thread: Thread, steps: list[Any], elements: list[Any]) -> ThreadDict:
    """Return a thread as a Chainlit dict."""
    return ThreadDict(
        id=thread.id,
        createdAt=moment(thread.created),
        name=thread.record.get("name"),
        userId=thread.user,
        userIdentifier=thread.asker,
        tags=thread.record.get("tags"),
        metadata=thread.record.get("metadata", {}),
        steps=steps,
        elements=elements,
    )


def element_of(record: dict[str, Any], root: str, *, kept: bool) -> Any:  # noqa: ANN401 - an ElementDict, whose keys are those that were stored
    """Return an element as a Chainlit dict, with the address of its bytes where they are stored."""
    address = {"url": f"{root}{FILES}/{record['threadId']}/{record['id']}"} if kept else {}
    return record | address
