"""A socket hears what the table names, in its form, from a login that stands."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Refused
from tests.browser.server import ChatServer
from tests.security.conftest import serving
from tests.security.visitor import PATIENCE, Enter, Socket, Visitor, message
from ui.server.security.socket_events import EVENTS, OFF_EVENTS, payload_of

pytestmark = pytest.mark.timeout(300)

QUESTION = "When does a half-open circuit breaker close again?"


@pytest.fixture
def own(tmp_path: Any) -> Iterator[ChatServer]:  # noqa: ANN401  # a path
    """Serve ann and vic, for a test that removes one of them."""
    yield from serving(tmp_path, ("ann", "vic"))


async def begun(who: Visitor) -> tuple[Socket, str, dict[str, Any]]:
    """Send a message and return the socket, the thread it is kept in, and the message."""
    socket = await who.connect()
    await socket.ask("connection_successful")
    said = message("/nothing of the kind")
    await socket.client.emit("client_message", said)
    thread = (await socket.until("first_interaction"))["thread_id"]
    return socket, thread, said["message"]


async def kept(who: Visitor, thread: str, step: str) -> Any:  # noqa: ANN401  # whatever is kept
    """Return what is kept of a step, once it is."""
    async with asyncio.timeout(PATIENCE):
        while True:
            reply = await who.http.get(f"/project/thread/{thread}")
            for each in reply.json().get("steps", ()):
                if each["id"] == step:
                    return each["output"]
            await asyncio.sleep(0.05)


async def test_a_stored_question_is_edited_by_no_event(server: ChatServer, enter: Enter) -> None:
    """The event that edits is not heard, and a message under the id of another replaces nothing."""
    ann, bob = await enter(server, "ann"), await enter(server, "bob")
    socket, thread, said = await begun(ann)
    before = await kept(ann, thread, said["id"])
    edited = {"message": {**said, "output": "another question"}}
    assert "refused" in await socket.ask("edit_message", edited)
    assert "sent already" in (await socket.ask("client_message", edited))["refused"]
    again = await ann.connect()
    assert "sent already" in (await again.ask("client_message", edited))["refused"]
    his, _, _ = await begun(bob)
    assert "sent already" in (await his.ask("client_message", edited))["refused"]
    assert await kept(ann, thread, said["id"]) == before


async def test_what_is_off_is_not_heard(server: ChatServer, enter: Enter) -> None:
    """An event that no screen of ours uses, and any other name, is answered in one line and does nothing."""
    ann = await enter(server)
    socket = await ann.connect()
    for event in (*OFF_EVENTS, "nope", "*", "__proto__", ""):
        assert await socket.ask(event, {"message": {}}) == {
            "refused": "this is not done here: reload the page"
        }
    assert await socket.ask("stop") is None


async def test_what_comes_with_an_event_is_of_its_form(server: ChatServer, enter: Enter) -> None:
    """A message of another kind, with another's id or of none, is refused in one line that the page shows."""
    ann = await enter(server)
    socket = await ann.connect()
    for changed in (
        {"type": "assistant_message"},
        {"id": "x"},
        {"id": str(uuid.uuid4()).upper()},
        {"id": str(uuid.uuid1())},
        {"output": "a" * 200_000},
        {"output": None},
        {"createdAt": 7},
    ):
        refused = (await socket.ask("client_message", message("?", **changed)))["refused"]
        assert "\n" not in refused, changed
    bad: list[Any] = [None, "x", [], {}, {"message": "x"}]
    for each in bad:
        assert "refused" in await socket.ask("client_message", each), each
    files = message("?") | {"fileReferences": [{"id": "../../etc/passwd"}]}
    assert "refused" in await socket.ask("client_message", files)
    bad = [None, "x", {"budget": {"a": 1}}, {"sources": "web"}, {"language": "a" * 2_000}]
    for each in bad:
        assert "refused" in await socket.ask("chat_settings_change", each), each
    assert [data["type"] for name, data in socket.heard if name == "toast"].count("error") > 10


async def test_an_open_socket_does_nothing_for_a_login_that_is_over(own: ChatServer, enter: Enter) -> None:
    """When an account is removed each event of its pages is refused, and a new socket opens for nobody."""
    vic = await enter(own, "vic")
    socket = await vic.connect()
    assert await socket.ask("stop") is None
    own.attest("users", "remove", "vic")
    for event in ("connection_successful", "client_message", "stop", "clear_session", "chat_settings_change"):
        assert "login is not valid" in (await socket.ask(event, message("?")))["refused"], event
    assert not await vic.is_let_in()


async def test_bytes_end_the_connection(server: ChatServer, enter: Enter) -> None:
    """No event of ours brings bytes, which would be gathered until all that were announced are there."""
    ann = await enter(server)
    socket = await ann.connect()
    gone = asyncio.Event()
    socket.client.on("disconnect", lambda *_: gone.set())
    await socket.client.emit("audio_chunk", {"data": b"x" * 1_000})
    async with asyncio.timeout(PATIENCE):
        await gone.wait()


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(EVENTS), st.lists(ANY, max_size=3))
def test_no_payload_is_more_than_its_form(event: Any, sent: list[object]) -> None:  # noqa: ANN401  # an Event
    """Whatever is sent is refused, or what is passed on has the fields of the form and no other."""
    try:
        passed = payload_of(event, tuple(sent))
    except Refused as refused:
        assert "\n" not in str(refused)  # noqa: PT017  # most of what is tried is refused
        return
    fields = {each.alias for each in event.form.model_fields.values()} if event.form else set()
    assert all(isinstance(each, dict) and each.keys() <= fields for each in passed)
