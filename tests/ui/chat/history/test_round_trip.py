"""What goes in comes out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from chainlit.element import File
from hypothesis import HealthCheck, given, settings

from graph.people.conversations import Conversations
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.ui.chat.history.given import ELEMENT, ELEMENTS, STEP, STEPS, step
from ui.chat.history.data_layer import ChatDataLayer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from chainlit.element import ElementDict
    from chainlit.step import StepDict

    from graph.config.database_address import Location
    from graph.stores.db.db_worker import Connection


class Shown(File):
    """Stand for any element that is elsewhere: its dict is what was drawn."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        super().__init__(thread_id=drawn["threadId"], id=drawn["id"], name=drawn["name"], url="elsewhere")
        self.drawn = drawn

    def to_dict(self) -> ElementDict:
        shown: ElementDict = self.drawn  # type: ignore[assignment]  # drawn by its types
        return shown


def kept(place: Location, scene: Callable[[ChatDataLayer], Awaitable[None]]) -> None:
    """Play a scene on an empty history."""

    async def play() -> None:
        database = Database(place, migrations=MIGRATIONS)
        try:
            await database.write(emptied)
            await scene(ChatDataLayer(Conversations(database), lambda: 1.0, new_id=lambda: "id"))
        finally:
            await database.close()

    asyncio.run(play())


def emptied(connection: Connection) -> None:
    """Remove what the scene before left."""
    for table in ("chat_contents", "chat_elements", "chat_steps", "chat_threads"):
        connection.execute(f"DELETE FROM {table}")


# One database serves all scenes of a test: each begins with an empty one.
DRAWN = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(drawn=STEPS, later=STEPS)
@DRAWN
def test_every_step_comes_back_equal(place: Location, drawn: StepDict, later: StepDict) -> None:
    """A step reads back with what it was written with, and an update changes its keys alone."""

    async def scene(history: ChatDataLayer) -> None:
        await history.create_step(drawn)
        thread = await history.get_thread(drawn["threadId"])
        assert thread is not None
        assert thread["steps"] == [drawn]
        change: Any = {**later, "id": drawn["id"], "threadId": drawn["threadId"]}
        await history.update_step(change)
        thread = await history.get_thread(drawn["threadId"])
        assert thread is not None
        assert thread["steps"] == [{**drawn, **change}]

    kept(place, scene)


@given(drawn=ELEMENTS)
@DRAWN
def test_every_element_comes_back_equal(place: Location, drawn: dict[str, Any]) -> None:
    """An element reads back with the keys and values it was written with, in its thread and alone."""

    async def scene(history: ChatDataLayer) -> None:
        await history.create_element(Shown(drawn))
        thread = await history.get_thread(drawn["threadId"])
        assert thread is not None
        assert thread["elements"] == [drawn]
        found: Any = await history.get_element(drawn["threadId"], drawn["id"])
        assert found == drawn
        assert await history.get_element("another", drawn["id"]) is None

    kept(place, scene)


def test_the_drawn_fields_are_those_of_chainlit() -> None:
    """A release of Chainlit with a new field is noticed."""
    from chainlit.element import ElementDict  # noqa: PLC0415 - at run time, for its annotations
    from chainlit.step import StepDict  # noqa: PLC0415

    assert {"id", *STEP, "feedback"} == set(StepDict.__annotations__)
    assert {"id", *ELEMENT} == set(ElementDict.__annotations__)


async def test_steps_are_ordered_by_time_and_those_of_one_instant_as_they_came(
    history: ChatDataLayer,
) -> None:
    """A late step of an earlier time stands before; equal times, and an update, keep the order of writing."""
    times = ["2026-01-01T00:00:01Z", "2026-01-01T00:00:01Z", "2026-01-01T00:00:00.500000Z", None]
    for number, at in enumerate(times):
        await history.create_step(step("t", number, createdAt=at))
    await history.update_step(step("t", 0, output="changed", createdAt=times[0]))
    thread = await history.get_thread("t")
    assert thread is not None
    assert [each["output"] for each in thread["steps"]] == ["answer 2", "changed", "answer 1", "answer 3"]


async def test_what_a_step_holds_may_change_after_it_was_handed_over(history: ChatDataLayer) -> None:
    """A write is of the moment it was asked for, whatever happens to the dict afterwards."""
    given_step = step("t", metadata={"at": "first"})
    writing = asyncio.create_task(history.create_step(given_step))
    await asyncio.sleep(0)
    given_step["metadata"]["at"] = "later"
    await writing
    thread = await history.get_thread("t")
    assert thread is not None
    assert thread["steps"][0]["metadata"] == {"at": "first"}
