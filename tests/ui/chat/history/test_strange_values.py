"""What a browser may send and no person types is kept or refused in words, alike on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import chainlit as cl
import pytest
from chainlit.types import Feedback, Pagination, ThreadFilter

from graph.errors import Refused, Unusable
from graph.stores.chat.chat_threads import MOST_SEARCHED
from tests.fakes.chainlit_home import Browser, browse, use
from tests.ui.chat.history.given import AWKWARD, CONTENT, step

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from chainlit.types import PaginatedResponse, ThreadDict
    from chainlit.user import PersistedUser

    from ui.chat.history.data_layer import ChatDataLayer

STRANGE_IDS = {
    "with a NUL": "a\0b",
    "half a character": "a\ud83d",
    "long": "ü" * 251,
    "a number": 5,
    "none": None,
}


@pytest.fixture
async def ada(history: ChatDataLayer, monkeypatch: pytest.MonkeyPatch) -> PersistedUser:
    use(history, monkeypatch)
    return await history.create_user(cl.User(identifier="ada"))


async def opened(history: ChatDataLayer, user: PersistedUser) -> Browser:
    """Let a person begin a thread."""
    browser = browse(user, "t")
    await history.create_step(step("t", 0, type="user_message", output="hello"))
    return browser


async def page(
    history: ChatDataLayer,
    user: PersistedUser,
    first: int = 5,
    **more: Any,  # noqa: ANN401 - as the filter has them
) -> PaginatedResponse[ThreadDict]:
    cursor = more.pop("cursor", None)
    return await history.list_threads(
        Pagination(first=first, cursor=cursor), ThreadFilter(userId=user.id, **more)
    )


async def test_an_awkward_text_comes_back_wherever_it_stood(
    history: ChatDataLayer, ada: PersistedUser
) -> None:
    """A NUL and half a character stay in names, tags, keys, texts and comments, and are searched."""
    browse(ada, "t")
    said = step("t", type="user_message", output=AWKWARD, tags=[AWKWARD], metadata={AWKWARD: [AWKWARD]})
    await history.create_step(said)
    await history.upsert_feedback(Feedback(forId=said["id"], value=1, comment=AWKWARD))
    element = cl.File(thread_id="t", id="e", name=AWKWARD, content=CONTENT, for_id=said["id"])
    await history.create_element(element)
    await history.update_thread("t", name=AWKWARD, tags=[AWKWARD], metadata={AWKWARD: {"k": AWKWARD}})
    (listed,) = (await page(history, ada, search=AWKWARD)).data
    assert (listed["name"], listed["tags"]) == (AWKWARD, [AWKWARD])
    assert dict(listed["metadata"] or ()).get(AWKWARD) == {"k": AWKWARD}
    thread = await history.get_thread("t")
    assert thread is not None
    (kept,) = thread["steps"]
    assert _without(kept, "feedback") == said
    assert dict(kept["feedback"] or ()).get("comment") == AWKWARD
    assert await history.content_for("ada", "t", "e") == (element.to_dict(), CONTENT)


@pytest.mark.parametrize("strange", STRANGE_IDS.values(), ids=STRANGE_IDS)
async def test_an_id_that_cannot_be_kept_is_refused_and_told(
    history: ChatDataLayer,
    ada: PersistedUser,
    strange: Any,  # noqa: ANN401 - whatever a browser sends
) -> None:
    """Steps, conversations, elements and people of an id no index takes are refused, and nothing is left."""
    browser = await opened(history, ada)
    before = await history.get_thread("t")
    file = cl.File(thread_id="t", id="e", name="f", content=b"x", for_id="")
    file.id = strange
    attempts: dict[str, Callable[[], Awaitable[object]]] = {
        "a step": lambda: history.create_step(step("t", 1, id=strange)),
        "a conversation": lambda: history.create_step(step("t", 1, threadId=strange)),
        "an element": lambda: history.create_element(file),
    }
    for what, attempt in attempts.items():
        with pytest.raises(Refused, match=f"the id of {what} is no text of at most 500 bytes"):
            await attempt()
        assert "reload the page and try again" in browser.of("toast")[-1]["message"]
    assert await history.get_thread("t") == before


async def test_a_long_name_of_a_person_is_refused(history: ChatDataLayer) -> None:
    """Nobody is kept under a name that an index of one engine would not take."""
    with pytest.raises(Refused, match="the id of an account"):
        await history.create_user(cl.User(identifier="x" * 3_000))
    assert await history.get_user("x" * 3_000) is None


async def test_an_element_that_no_file_can_hold_is_told(history: ChatDataLayer, ada: PersistedUser) -> None:
    """Half a character has no bytes: the element is kept without them, and its person is told."""
    browser = await opened(history, ada)
    with pytest.raises(Unusable, match="half of a character"):
        await history.create_element(cl.Text(thread_id="t", id="e", name="n", content="\ud83d", for_id=""))
    assert "send it without" in browser.of("toast")[-1]["message"]
    assert await history.get_element("t", "e") is not None


async def test_what_is_large_is_kept_whole(history: ChatDataLayer, ada: PersistedUser) -> None:
    """Megabytes of text and of bytes come back equal."""
    await opened(history, ada)
    content, said = CONTENT * 32_768, step("t", 1, output=AWKWARD * 30_000)
    await history.create_step(said)
    await history.create_element(cl.File(thread_id="t", id="e", name="f", content=content, for_id=""))
    found = await history.content_for("ada", "t", "e")
    assert found is not None
    assert found[1] == content
    thread = await history.get_thread("t")
    assert thread is not None
    assert thread["steps"][1] == said


@pytest.mark.parametrize("cursor", ["nan t", "inf t", "-inf t", "1e999 t", "t"])
async def test_a_place_that_is_no_time_is_refused(
    history: ChatDataLayer, ada: PersistedUser, cursor: str
) -> None:
    """What engines sort differently is no place in a list."""
    with pytest.raises(Unusable, match="no place in a list"):
        await page(history, ada, cursor=cursor)


@pytest.mark.parametrize(("first", "shown"), [(-(10**20), 1), (-2, 1), (0, 1), (2, 2), (10**20, 3)])
async def test_a_page_of_any_size_is_a_page(
    history: ChatDataLayer, ada: PersistedUser, first: int, shown: int
) -> None:
    """A page has at least one thread, however few or many are asked for."""
    for name in ("a", "b", "c"):
        browse(ada, name)
        await history.create_step(step(name, type="user_message"))
    assert len((await page(history, ada, first)).data) == shown


async def test_a_search_for_too_much_is_refused(history: ChatDataLayer, ada: PersistedUser) -> None:
    """One engine compares with no pattern of any length, so neither is asked to."""
    await opened(history, ada)
    assert (await page(history, ada, search="%" * MOST_SEARCHED)).data == []
    with pytest.raises(Refused, match="search for a part"):
        await page(history, ada, search="x" * (MOST_SEARCHED + 1))


async def test_times_of_any_zone_are_ordered(history: ChatDataLayer, ada: PersistedUser) -> None:
    """A step said earlier stands before one said later, whatever clock the times were read from."""
    await opened(history, ada)
    moments = ["2026-01-01T09:00:00+09:00", "2025-12-31T23:30:00Z", "2025-12-31T18:45:00-05:00"]
    for number, moment in enumerate(moments):
        await history.create_step(step("zones", number, createdAt=moment))
    thread = await history.get_thread("zones")
    assert thread is not None
    assert [each["createdAt"] for each in thread["steps"]] == [moments[1], moments[2], moments[0]]


def _without(record: Any, key: str) -> dict[str, Any]:  # noqa: ANN401 - a typed dict of Chainlit's
    return {name: value for name, value in (record or {}).items() if name != key}
