"""What Chainlit really sends is kept: its own objects, in a session of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import chainlit as cl
import plotly.graph_objects as go
import pytest
from chainlit.context import context
from chainlit.user import PersistedUser

from tests.fakes.chainlit_home import Browser, browse, use

if TYPE_CHECKING:
    from pathlib import Path

    from chainlit.types import ThreadDict

    from ui.chat.history.data_layer import ChatDataLayer


@pytest.fixture
async def user(history: ChatDataLayer, monkeypatch: pytest.MonkeyPatch) -> PersistedUser:
    use(history, monkeypatch)
    return await history.create_user(cl.User(identifier="ada", display_name="Ada"))


async def written(history: ChatDataLayer, browser: Browser) -> ThreadDict:
    """Return the thread of this browser once all is on disk."""
    await history.settled()
    thread = await history.get_thread(browser.session.thread_id)
    assert thread is not None
    return thread


async def bytes_kept(history: ChatDataLayer, element: Any) -> bytes:  # noqa: ANN401 - an element of any kind
    found = await history.content_for("ada", element["threadId"], element["id"])
    assert found is not None
    return found[1]


async def test_messages_and_steps_are_kept_as_they_were_sent(
    history: ChatDataLayer, user: PersistedUser
) -> None:
    """The dicts a browser saw last are those that are stored, nested steps included."""
    browser = browse(user)
    message = cl.Message(content="hello", tags=["a"], metadata={"n": [1, {"x": None}]}, language="md")
    await message.send()
    async with cl.Step(name="outer", type="run", tags=["t"], metadata={"k": 1}, default_open=True) as outer:
        outer.input = {"q": "what"}
        async with cl.Step(name="inner", type="tool", icon="search", show_input=False) as inner:
            inner.output = ["a", "ü"]
    thread = await written(history, browser)
    assert [dict(each) for each in thread["steps"]] == [
        dict(each) for each in (message.to_dict(), outer.to_dict(), inner.to_dict())
    ]
    assert thread["userIdentifier"] == "ada"
    assert thread["userId"] == user.id


async def test_the_first_words_of_a_person_begin_their_thread(
    history: ChatDataLayer, user: PersistedUser
) -> None:
    """What was said before is on disk at once, and listed from the person's first message on."""
    browser = browse(user)
    await cl.Message(content="Welcome").send()
    await history.settled()
    listed = cl.types.ThreadFilter(userId=user.id)
    first = cl.types.Pagination(first=5)
    assert (await history.list_threads(first, listed)).data == []
    assert len((await written(history, browser))["steps"]) == 1
    payload: Any = {"message": cl.Message(content="Who?", type="user_message").to_dict()}
    context.session.chat_settings = {"budget": 2}
    await context.emitter.process_message(payload)
    thread = await written(history, browser)
    assert [step["output"] for step in thread["steps"]] == ["Welcome", "Who?"]
    assert thread["name"] == "Who?"
    assert (thread["metadata"] or {})["chat_settings"] == {"budget": 2}
    assert [each["id"] for each in (await history.list_threads(first, listed)).data] == [thread["id"]]


async def test_elements_are_kept_with_their_bytes(
    history: ChatDataLayer, user: PersistedUser, tmp_path: Path
) -> None:
    """Text, file, custom element and chart come back with their fields and the bytes a browser would load."""
    browser = browse(user)
    upload = tmp_path / "notes.csv"
    upload.write_bytes(b"a,b\n1,2\n")
    custom = cl.CustomElement(name="Card", props={"n": 1}, display="side")
    elements: list[Any] = [
        cl.Text(name="t", content="tëxt", language="python"),
        cl.File(name="notes.csv", path=str(upload)),
        custom,
        cl.Plotly(name="p", figure=go.Figure(data=[go.Bar(y=[1, 2])]), size="large"),
    ]
    await cl.Message(content="see", elements=elements).send()
    await history.settled()
    custom.props["n"] = 2
    await custom.update()
    thread = await written(history, browser)
    shown = {element["name"]: element for element in thread["elements"] or []}
    apart = {"chainlitKey", "url"}  # the file of this session, and where the bytes are from now on
    for element in elements:
        expected = {key: value for key, value in element.to_dict().items() if key not in apart}
        found = cast("dict[str, Any]", shown[element.name])
        assert {key: value for key, value in found.items() if key not in apart} == expected
        assert found["url"] == f"/files/elements/{thread['id']}/{element.id}"
    assert shown["Card"]["props"] == {"n": 2}
    assert await bytes_kept(history, shown["t"]) == "tëxt".encode()
    assert await bytes_kept(history, shown["notes.csv"]) == upload.read_bytes()
    assert json.loads(await bytes_kept(history, shown["Card"])) == {"n": 2}
    assert json.loads(await bytes_kept(history, shown["p"]))["data"][0]["y"] == [1, 2]


async def test_a_list_of_tasks_is_kept(history: ChatDataLayer, user: PersistedUser) -> None:
    """A list of tasks, which belongs to no message, keeps its latest state."""
    browser = browse(user)
    tasks = cl.TaskList(status="Running")
    await tasks.add_task(cl.Task(title="read", status=cl.TaskStatus.RUNNING))
    await tasks.send()
    tasks.status = "Done"
    await tasks.send()
    thread = await written(history, browser)
    (element,) = thread["elements"] or []
    assert json.loads(await bytes_kept(history, element))["status"] == "Done"


async def test_what_was_removed_is_gone_with_its_bytes(history: ChatDataLayer, user: PersistedUser) -> None:
    """A removed message takes its elements along; an element removed right after it was sent is gone."""
    browser = browse(user)
    message = cl.Message(content="x", elements=[cl.Text(name="t", content="text")])
    await message.send()
    alone = cl.Text(name="alone", content="text")
    await alone.send(for_id="")
    await alone.remove()
    await message.remove()
    thread = await written(history, browser)
    assert (thread["steps"], thread["elements"]) == ([], [])
    assert await history.content_for("ada", thread["id"], alone.id) is None


async def test_a_loss_is_shown_in_the_browser(
    history: ChatDataLayer, user: PersistedUser, caplog: pytest.LogCaptureFixture
) -> None:
    """What could not be kept is told to the person and logged; the rest of it is kept."""
    browser = browse(user)
    history._most_bytes = 3
    await cl.Message(content="x", elements=[cl.Text(name="long", content="text")]).send()
    thread = await written(history, browser)
    (toast,) = browser.of("toast")
    assert toast["type"] == "error"
    assert toast["message"] == (
        "Not saved: long. long has 4 bytes and at most 3 are kept: send a smaller one"
    )
    assert "not saved: long" in caplog.text
    assert [element["url"] for element in thread["elements"] or []] == [None]


async def test_a_step_that_json_cannot_say_is_told(history: ChatDataLayer, user: PersistedUser) -> None:
    """Metadata of an odd type is an error with a way out, not a silent gap."""
    browser = browse(user)
    odd = cl.Message(content="x", metadata={"odd": object()})
    await odd.send()
    await history.settled()
    assert "what JSON cannot say" in browser.of("toast")[0]["message"]
