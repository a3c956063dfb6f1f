"""Turn rows of the store into what Chainlit hands to the browser, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from chainlit.types import ThreadDict
from chainlit.user import PersistedUser

from graph.errors import Unusable
from graph.stores.chat.chat_people import Person
from graph.stores.chat.chat_threads import Thread

FILES = "/files/elements"


def seconds(moment: str | None) -> float | None:
    """Return seconds since 1970 of a time as Chainlit writes it, None when it is no time."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def moment(seconds: float) -> str:
    """Return a time as Chainlit writes it."""
    return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"


def cursor(thread: Thread) -> str:
    """Name the place of a thread in its person's list, so that a page goes on behind it."""
    return f"{thread.updated!r} {thread.id}"


def place(cursor: str | None) -> tuple[float, str] | None:
    """Read a cursor; raises Unusable when it is none of ours."""
    if not cursor:
        return None
    updated, _, thread = cursor.partition(" ")
    try:
        at = float(updated)
    except ValueError:
        at = math.nan
    if not math.isfinite(at):  # engines sort what is no number differently
        raise Unusable(f"{cursor!r} is no place in a list of threads: reload the page")
    return at, thread


def named(step: Mapping[str, Any]) -> str:
    """Name a step to the person it was shown to."""
    return "your message" if step.get("type") == "user_message" else f"“{step.get('name') or 'a step'}”"


def user_of(person: Person) -> PersistedUser:
    """Return a person as Chainlit knows one."""
    return PersistedUser(
        id=person.id,
        identifier=person.identifier,
        createdAt=moment(person.created),
        display_name=person.record["display_name"],
        metadata=person.record["metadata"],
    )


def thread_of(thread: Thread, steps: list[Any], elements: list[Any]) -> ThreadDict:
    """Return a thread as Chainlit sends one."""
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
    """Return an element as Chainlit sends one; bytes that are kept are at our address."""
    address = {"url": f"{root}{FILES}/{record['threadId']}/{record['id']}"} if kept else {}
    return record | address
