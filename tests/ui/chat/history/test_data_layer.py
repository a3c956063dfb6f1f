"""Threads are listed in order, page by page, to their owner alone, and deleted with all they hold."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, cast

import chainlit as cl
import pytest
from chainlit.context import context_var
from chainlit.data.acl import is_thread_author
from chainlit.types import Feedback, Pagination, ThreadFilter
from fastapi import HTTPException

from graph.conversation import ThreadQuery
from graph.errors import Refused, Unusable
from graph.people.conversations import Conversations
from graph.stores.chat.chat_threads import UNUSED_DAYS, page
from tests.fakes.chainlit_home import browse, use
from tests.ui.chat.history.given import step
from ui.chat.history.data_layer import ChatDataLayer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from chainlit.user import PersistedUser

    from graph.stores.db.database import Database
    from graph.stores.db.db_worker import Connection, Parameters
    from tests.fakes.databases import Engine

HELD = ("chat_threads", "chat_steps", "chat_elements", "chat_contents", "chat_feedback")


@pytest.fixture
async def people(
    history: ChatDataLayer, monkeypatch: pytest.MonkeyPatch
) -> tuple[PersistedUser, PersistedUser]:
    use(history, monkeypatch)
    return (
        await history.create_user(cl.User(identifier="ada")),
        await history.create_user(cl.User(identifier="bob")),
    )


async def said(history: ChatDataLayer, user: PersistedUser, thread: str, *words: str) -> None:
    """Let a person say words in a thread of theirs."""
    browse(user, thread)
    for number, output in enumerate(words):
        await history.create_step(step(thread, number, type="user_message", output=output))


async def rows_of(database: Database, table: str) -> int:
    """Count the rows of a table."""
    row = await database.read(lambda c: c.execute(f"SELECT count(*) FROM {table}").fetchone())
    return int(row[0]) if row else 0


async def listed(history: ChatDataLayer, user: PersistedUser, **filters: Any) -> list[str]:  # noqa: ANN401 - as the filter has them
    page = await history.list_threads(Pagination(first=50), ThreadFilter(userId=user.id, **filters))
    return [thread["id"] for thread in page.data]


async def test_pages_hold_every_thread_once_latest_first(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """Pages follow one another without gap or repetition, also while a thread of a later page moves up."""
    ada, bob = people
    for number in range(7):
        await said(history, ada, f"a{number}", "hello")
    await said(history, bob, "b", "hello")
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = await history.list_threads(Pagination(first=3, cursor=cursor), ThreadFilter(userId=ada.id))
        seen += [thread["id"] for thread in page.data]
        cursor, more = page.pageInfo.endCursor, page.pageInfo.hasNextPage
        if len(seen) == 3:
            await said(history, ada, "a6", "again")
    assert seen == ["a6", "a5", "a4", "a3", "a2", "a1", "a0"]
    assert (await listed(history, ada))[0] == "a6"
    with pytest.raises(Unusable, match="no place in a list"):
        await history.list_threads(Pagination(first=3, cursor="x y"), ThreadFilter(userId=ada.id))


class Explaining:
    """Ask an engine how it would run a statement, instead of running it."""

    def __init__(self, connection: Connection, explain: str) -> None:
        self._connection = connection
        self._explain = explain
        self.plan = ""

    def execute(self, sql: str, parameters: Parameters = (), /) -> Any:  # noqa: ANN401 - a cursor without rows
        """Note the plan of a statement."""
        self.plan = str(self._connection.execute(f"{self._explain} {sql}", parameters).fetchall())
        return []


def plan_of(connection: Connection, engine: Engine, wanted: ThreadQuery) -> str:
    """Return how a page is read where a table is too long to be scanned."""
    if engine == "postgres":  # which scans and sorts a table of no rows, unless it must not
        connection.execute("SET LOCAL enable_seqscan = off")
        connection.execute("SET LOCAL enable_sort = off")
    explaining = Explaining(connection, {"postgres": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}[engine])
    page(cast("Connection", explaining), wanted)
    return explaining.plan


async def test_a_page_is_read_by_an_index(database: Database, engine: Engine) -> None:
    """Listing a person's threads scans no table of threads and sorts nothing."""
    wanted = ThreadQuery(user="u", most=5, cursor=(1.0, "x"))
    plan = await database.read(lambda c: plan_of(c, engine, wanted))
    assert "chat_threads_of_asker" in plan
    assert not re.search(r"B-TREE|Sort|SCAN|Seq Scan", plan)


async def test_a_search_finds_names_and_words_of_any_case(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """A search finds what the name or a step holds, literally, and nothing of another person."""
    ada, bob = people
    await said(history, ada, "a0", "first", "ÜBER alles 100%")
    await said(history, ada, "a1", "second_one")
    await said(history, bob, "b", "über")
    assert await listed(history, ada, search="über") == ["a0"]
    assert await listed(history, ada, search="0%") == ["a0"]
    assert await listed(history, ada, search="d_o") == ["a1"]
    assert await listed(history, ada, search="f_r") == []
    browse(ada, "a1")
    await history.update_thread("a1", name="Renamed")
    assert await listed(history, ada, search="renamed") == ["a1"]


async def test_feedback_is_kept_once_a_step_and_filters_threads(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """A second opinion replaces the first, 0 filters as well as 1, and removing it removes it."""
    ada, _ = people
    await said(history, ada, "a", "hello")
    answer = step("a")["id"]
    first = await history.upsert_feedback(Feedback(forId=answer, value=1, comment="good"))
    assert await history.upsert_feedback(Feedback(forId=answer, value=0)) == first
    assert (await listed(history, ada, feedback=0), await listed(history, ada, feedback=1)) == (["a"], [])
    thread = await history.get_thread("a")
    assert thread is not None
    assert thread["steps"][0]["feedback"] == {"forId": answer, "id": first, "value": 0, "comment": None}
    assert await history.delete_feedback(first)
    with pytest.raises(Refused, match="no rating"):
        await history.delete_feedback(first)


async def test_favorites_are_a_persons_own(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """A marked step is found by its person until the mark is removed."""
    ada, bob = people
    await said(history, ada, "a", "hello")
    marked = step("a", type="user_message", output="hello")
    await history.set_step_favorite(marked, favorite=True)
    assert [each["id"] for each in await history.get_favorite_steps(ada.id)] == [marked["id"]]
    assert await history.get_favorite_steps(bob.id) == []
    await history.set_step_favorite(marked, favorite=False)
    assert await history.get_favorite_steps(ada.id) == []


async def test_a_deleted_thread_is_gone_with_all_it_held(
    history: ChatDataLayer, database: Database, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """No row is left of it, and what a run still writes to it is dropped; its neighbour stays."""
    ada, _ = people
    for thread in ("kept", "gone"):
        await said(history, ada, thread, "hello")
        await history.upsert_feedback(Feedback(forId=step(thread)["id"], value=1))
        await history.create_element(
            cl.Text(thread_id=thread, id=f"e-{thread}", name="t", content="x", for_id=step(thread)["id"])
        )
    await history.delete_thread("gone")
    await history.create_step(step("gone", 9))
    await history.update_thread("gone", name="back")
    for table in HELD:
        assert await rows_of(database, table) == 1, table
    assert await listed(history, ada) == ["kept"]


async def test_only_the_author_reaches_a_thread(people: tuple[PersistedUser, PersistedUser]) -> None:
    """Chainlit's own check lets the author in, nobody else, and knows no thread that is not there."""
    ada, _ = people
    from chainlit.data import get_data_layer  # noqa: PLC0415 - the one that Chainlit asks

    history: ChatDataLayer = get_data_layer()
    await said(history, ada, "a", "hello")
    assert await is_thread_author("ada", "a")
    for name, thread in (("bob", "a"), ("ada", "none")):
        with pytest.raises(HTTPException):
            await is_thread_author(name, thread)


async def test_nobody_writes_into_a_thread_of_another(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """Chainlit believes the ids a browser sends; the store refuses what reaches another's thread."""
    ada, bob = people
    await said(history, ada, "a", "hello")
    await history.create_element(cl.Text(thread_id="a", id="e", name="t", content="x", for_id=""))
    before = await history.get_thread("a")
    await said(history, bob, "b", "mine")
    mine = step("a")["id"]
    attempts: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: history.create_step(step("a", 5)),
        lambda: history.create_step(step("b", 5, id=mine)),
        lambda: history.create_element(cl.Text(thread_id="a", id="f", name="t", content="y", for_id="")),
        lambda: history.create_element(cl.Text(thread_id="b", id="e", name="t", content="y", for_id="")),
        lambda: history.delete_step(mine),
        lambda: history.delete_element("e", "b"),
        lambda: history.delete_thread("a"),
        lambda: history.update_thread("a", name="taken", user_id=bob.id),
        lambda: history.upsert_feedback(Feedback(forId=mine, value=0)),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            await attempt()
    assert await history.get_thread("a") == before


async def test_threads_nobody_spoke_in_go_after_a_month(
    database: Database, history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """An unused chat, which no list shows, goes when another begins a month later; a used one stays."""
    ada, _ = people
    await said(history, ada, "used", "hello")
    browse(ada, "unused")
    await history.create_step(step("unused"))
    late = ChatDataLayer(
        Conversations(database), lambda: 1_800_000_100.0 + UNUSED_DAYS * 86_400, new_id=lambda: "x"
    )
    browse(ada, "new")
    await late.create_step(step("new"))
    assert await history.get_thread("unused") is None
    assert await history.get_thread("used") is not None


async def test_thirty_sessions_write_at_once(
    history: ChatDataLayer, people: tuple[PersistedUser, PersistedUser]
) -> None:
    """Each thread holds all its steps, in order."""
    ada, _ = people

    async def session(thread: str) -> None:
        browse(ada, thread)
        same = "2026-01-01T00:00:00Z"
        await asyncio.gather(*(history.create_step(step(thread, n, createdAt=same)) for n in range(20)))

    context_var.set(None)  # type: ignore[arg-type]  # each session below brings its own
    await asyncio.gather(*(session(f"s{number}") for number in range(30)))
    for number in range(30):
        thread = await history.get_thread(f"s{number}")
        assert thread is not None
        assert [each["output"] for each in thread["steps"]] == [f"answer {n}" for n in range(20)]
