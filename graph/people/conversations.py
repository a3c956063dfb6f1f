"""Store the conversations of the people of a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.conversation import Person, Record, StepRating, Thread, ThreadQuery, ThreadWrite
from graph.stores.chat import chat_elements, chat_people, chat_steps, chat_threads
from graph.stores.chat.chat_tables import opened, packed

if TYPE_CHECKING:
    from graph.stores.db.database import Database

StoredElement = tuple[Record, bool]
"""An element, and whether its bytes are stored."""


def copied(record: Mapping[str, Any], what: str) -> Record:
    """Return a record as it will be read back; raises Unusable, naming it, for what JSON cannot hold."""
    return opened(packed(record, what))


class Conversations:
    """Store threads, steps, elements, their bytes, people and feedback: each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._read, self._write = database.read, database.write

    async def person(self, identifier: str) -> Person | None:
        """Return a person by the id of the account."""
        return await self._read(lambda c: chat_people.find_person(c, identifier))

    async def keep_person(self, person: Person) -> Person:
        """Store a person and return them as stored: a known person keeps id and date."""
        return await self._write(lambda c: chat_people.keep_person(c, person))

    async def rate(self, rating: StepRating, asker: str) -> str:
        """Store the rating of a step of the person, and return its id; raises Refused for another's step."""
        return await self._write(lambda c: chat_people.rate(c, rating, asker))

    async def unrate(self, rating: str, asker: str) -> bool:
        """Remove a rating of the person; raises Refused where there is none."""
        return await self._write(lambda c: chat_people.unrate(c, rating, asker))

    async def keep_element(self, write: ThreadWrite, element: Record, content: bytes | None) -> None:
        """Store an element, with its bytes where there are any."""
        await self._write(lambda c: chat_elements.keep(c, write, element, content))

    async def element(self, thread: str, element: str) -> StoredElement | None:
        """Return an element of a thread."""
        return await self._read(lambda c: chat_elements.find(c, thread, element))

    async def content_for(self, asker: str, thread: str, element: str) -> tuple[Record, bytes] | None:
        """Return an element and its bytes to the owner of its thread, None to anybody else."""
        return await self._read(lambda c: chat_elements.content_for(c, asker, thread, element))

    async def delete_element(self, element: str, asker: str | None) -> None:
        """Remove an element and its bytes."""
        await self._write(lambda c: chat_elements.delete(c, element, asker))

    async def keep_step(self, write: ThreadWrite, step: Record, at: float | None) -> None:
        """Store a step; `at` in seconds since 1970."""
        await self._write(lambda c: chat_steps.keep(c, write, step, at))

    async def delete_step(self, step: str, asker: str | None) -> None:
        """Remove a step with its elements and its feedback."""
        await self._write(lambda c: chat_steps.delete(c, step, asker))

    async def has_step(self, step: str) -> bool:
        """Tell whether a step of this id is stored, in anybody's thread."""
        return await self._read(lambda c: chat_steps.is_kept(c, step))

    async def favorites(self, user: str) -> list[Record]:
        """Return the steps that a person marked, the latest first."""
        return await self._read(lambda c: chat_steps.favorites(c, user))

    async def author(self, thread: str) -> str | None:
        """Return the account id of the owner of a thread."""
        return await self._read(lambda c: chat_threads.author(c, thread))

    async def threads(self, wanted: ThreadQuery) -> list[Thread]:
        """Return threads of a person, the latest activity first."""
        return await self._read(lambda c: chat_threads.page(c, wanted))

    async def thread(self, thread: str) -> tuple[Thread | None, list[Record], list[StoredElement]]:
        """Return a thread, its steps by time, and its elements in the order they were added."""
        return await self._read(
            lambda c: (
                chat_threads.find(c, thread),
                chat_steps.in_order(c, thread),
                chat_elements.in_order(c, thread),
            )
        )

    async def amend(self, write: ThreadWrite, changes: Record, user: str | None) -> None:
        """Change name, tags or metadata of a thread, made if it is new; see `chat_threads.amend`."""
        await self._write(lambda c: chat_threads.amend(c, write, changes, user=user))

    async def delete_thread(self, write: ThreadWrite) -> None:
        """Remove a thread with all that belongs to it."""
        await self._write(lambda c: chat_threads.delete(c, write))
