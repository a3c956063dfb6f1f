"""Store the conversations of Chainlit in the database of the runs, and show what could not be stored."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from chainlit.data.base import BaseDataLayer
from chainlit.types import PageInfo, PaginatedResponse

from graph.conversation import Person, StepRating, ThreadQuery, ThreadWrite
from graph.errors import Refused
from graph.people.conversations import Conversations, copied
from graph.records import Clock
from ui.chat.history.chainlit_values import cursor, element_of, place, seconds, step_label, thread_of, user_of
from ui.chat.history.element_bytes import MOST_BYTES, bytes_of
from ui.chat.history.write_tracker import OnLost, WriteTracker, show_loss
from ui.chat.login.call_author import author_id, remember_login, session_state
from ui.server.web.session_token import SESSION

if TYPE_CHECKING:
    from chainlit.element import Element, ElementDict
    from chainlit.step import StepDict
    from chainlit.types import Feedback, Pagination, ThreadDict, ThreadFilter
    from chainlit.user import PersistedUser, User

T = TypeVar("T")

MOST_ON_PAGE = 100
_FEEDBACK = "feedback"  # stored apart from its step: a stale copy must not overwrite it


def data_layer_of(conversations: Conversations) -> ChatDataLayer:
    """Return the data layer with the clock of this machine and random ids."""
    return ChatDataLayer(conversations, time.time, new_id=lambda: str(uuid.uuid4()))


class ChatDataLayer(BaseDataLayer):
    """Store threads, steps, elements, users and feedback in the database of the runs.

    `clock` dates what Chainlit does not date, `new_id` makes the ids of users and feedback, `root` is the
    prefix of the address of an element's bytes, of which at most `most_bytes` are kept. `on_lost` is told
    what could not be written.
    """

    def __init__(
        self,
        conversations: Conversations,
        clock: Clock,
        *,
        new_id: Callable[[], str],
        root: str = "",
        most_bytes: int = MOST_BYTES,
        on_lost: OnLost = show_loss,
    ) -> None:
        self._stored = conversations
        self._clock = clock
        self._new_id = new_id
        self._root = root
        self._most_bytes = most_bytes
        self._writes = WriteTracker(on_lost)

    async def settled(self) -> None:
        """Wait until everything that this layer was given is on disk or reported as lost."""
        await self._writes.settled()

    async def close(self) -> None:
        """Wait for the writes under way: Chainlit ends the process right after."""
        await self.settled()

    async def build_debug_url(self) -> str:
        """Return no address: a thread is shown in the chat alone."""
        return ""

    async def get_user(self, identifier: str) -> PersistedUser | None:
        """Return a person by the id of the account."""
        person = await self._stored.person(identifier)
        remember_login(identifier)
        return None if person is None else user_of(person)

    async def create_user(self, user: User) -> PersistedUser:
        """Write a person by the id of the account; a known person keeps the id of the first write.

        The metadata is kept without what belongs to one session.
        """
        facts = {key: value for key, value in user.metadata.items() if key != SESSION}
        record = {"display_name": user.display_name, "metadata": facts}
        person = Person(id=self._new_id(), identifier=user.identifier, created=self._clock(), record=record)
        kept = await self._track("the login", self._stored.keep_person(person))
        remember_login(user.identifier)
        return user_of(kept)

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Write a rating of an answer in a thread of the person, and return its id."""
        rating = StepRating(
            id=feedback.id or self._new_id(),
            step=feedback.forId,
            value=feedback.value,
            comment=feedback.comment,
        )
        by = author_id() or ""
        return await self._track("your feedback", self._stored.rate(rating, by))

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Remove a rating of the person; raise Refused where there is none."""
        by = author_id() or ""
        return await self._track("removing your feedback", self._stored.unrate(feedback_id, by))

    def create_element_soon(self, element: Element) -> None:
        """Write an element in a task of its own."""
        self._writes.start(self.create_element(element))

    async def create_element(self, element: Element) -> None:
        """Write an element and its bytes, in the order of the calls for it."""
        async with self._writes.in_order(element.name or element.type, element.id):
            thread_write = self._thread_write(element.thread_id)
            record = copied(element.to_dict(), element.name)
            content, why_not = await bytes_of(element, self._most_bytes)
            await self._stored.keep_element(thread_write, record, content)
            if why_not is not None:
                raise why_not

    async def get_element(self, thread_id: str, element_id: str) -> ElementDict | None:
        """Return an element of a thread."""
        found = await self._stored.element(thread_id, element_id)
        return None if found is None else element_of(found[0], self._root, kept=found[1])

    async def content_for(
        self, identifier: str, thread_id: str, element_id: str
    ) -> tuple[dict[str, Any], bytes] | None:
        """Return an element and its bytes to the owner of its thread, None to anybody else."""
        return await self._stored.content_for(identifier, thread_id, element_id)

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:  # noqa: ARG002 - its id is enough, and a browser may name any thread
        """Remove an element and its bytes, after the writes of it that began earlier."""
        by = author_id()
        async with self._writes.in_order("removing an element", element_id):
            await self._stored.delete_element(element_id, by)

    async def create_step(self, step_dict: StepDict) -> None:
        """Write a step at once, also before the first message of the person."""
        async with self._writes.track(step_label(step_dict)):
            # A copy: a step may change while it waits.
            step = copied(step_dict, "a step")
            step.pop(_FEEDBACK, None)
            thread_write = self._thread_write(step["threadId"])
            at = seconds(step.get("createdAt"))
            await self._stored.keep_step(thread_write, step, at)
        if step.get("type") == "user_message" and (state := session_state()):
            await self.update_thread(thread_write.thread, metadata=state)

    async def update_step(self, step_dict: StepDict) -> None:
        """Write what changed of a step."""
        await self.create_step(step_dict)

    async def delete_step(self, step_id: str) -> None:
        """Remove a step with its elements and its feedback."""
        by = author_id()
        await self._track("removing a message", self._stored.delete_step(step_id, by))

    async def has_step(self, step_id: str) -> bool:
        """Tell whether a step of this id is stored, in anybody's thread."""
        return await self._stored.has_step(step_id)

    async def get_favorite_steps(self, user_id: str) -> list[StepDict]:
        """Return the steps that a person marked, the latest first."""
        steps: list[Any] = await self._stored.favorites(user_id)
        return steps

    async def get_thread_author(self, thread_id: str) -> str:
        """Return the account id of the owner of a thread; "" for one without, which nobody may see."""
        return await self._stored.author(thread_id) or ""

    async def delete_thread(self, thread_id: str) -> None:
        """Remove a thread with its steps, elements, their bytes and its feedback."""
        thread_write = self._thread_write(thread_id)
        await self._track("deleting the thread", self._stored.delete_thread(thread_write))

    async def list_threads(
        self, pagination: Pagination, filters: ThreadFilter
    ) -> PaginatedResponse[ThreadDict]:
        """Return a page of a person's threads, the latest activity first, without their steps."""
        if not filters.userId:
            raise Refused("whose threads is not said: log in")
        first = min(max(pagination.first, 1), MOST_ON_PAGE)
        wanted = ThreadQuery(
            user=filters.userId,
            most=first + 1,
            cursor=place(pagination.cursor),
            search=filters.search or "",
            feedback=filters.feedback,
        )
        found = await self._stored.threads(wanted)
        shown = found[:first]
        info = PageInfo(
            hasNextPage=len(found) > len(shown),
            startCursor=cursor(shown[0]) if shown else None,
            endCursor=cursor(shown[-1]) if shown else None,
        )
        return PaginatedResponse(pageInfo=info, data=[thread_of(thread, [], []) for thread in shown])

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        """Return a thread with its steps by time and its elements in the order they were added."""
        thread, steps, elements = await self._stored.thread(thread_id)
        if thread is None:
            return None
        return thread_of(thread, steps, [element_of(each, self._root, kept=kept) for each, kept in elements])

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Change the given fields of a thread, or create it; metadata is merged, and None removes a key."""
        given = {"name": name, "metadata": metadata, "tags": tags}
        changes = {key: value for key, value in given.items() if value is not None}
        thread_write = self._thread_write(thread_id)
        await self._track("the thread", self._stored.amend(thread_write, changes, user_id))

    def _thread_write(self, thread: str) -> ThreadWrite:
        return ThreadWrite(thread=thread, asker=author_id(), now=self._clock())

    async def _track(self, what: str, write: Coroutine[object, object, T]) -> T:
        async with self._writes.track(what):
            return await write
