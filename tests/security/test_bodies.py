"""What is sent is bounded while it is read, and checked before anybody else reads it."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from tests.browser.server import ChatServer
from tests.security.visitor import Enter, Visitor
from ui.server.security.http_forms import CallAction, ListThreads, SessionQuery
from ui.server.security.request_bodies import asked, checked, query_of, rewritten
from ui.server.security.route_rules import MOST_BODY
from ui.server.security.route_table import MOST_LOGIN
from ui.server.web.problems import Problem

pytestmark = pytest.mark.timeout(300)

MB = 1_048_576
ENDLESS = 250


async def endless(pieces: int = ENDLESS) -> AsyncIterator[bytes]:
    """Send so many MB without saying so before."""
    for _ in range(pieces):
        yield b"a" * MB


async def memory(who: Visitor) -> float:
    """Return how many bytes the server has."""
    text = (await who.http.get("/metrics")).text
    (line,) = (each for each in text.splitlines() if each.startswith("process_resident_memory_bytes "))
    return float(line.split()[1])


async def test_a_stranger_fills_no_memory(server: ChatServer, enter: Enter) -> None:
    """250 MB to any route that reads a body, by nobody and by a person, are not kept, and end in a 4xx."""
    stranger, ann = await enter(server, ""), await enter(server)
    session = (await ann.connect()).session
    before = await memory(ann)
    routes = (
        "/set-session-cookie",
        "/login",
        "/project/threads",
        "/project/action",
        "/api/runs",
        "/ws/socket.io/",
    )
    for who in (stranger, ann):
        for path in (*routes, f"/project/file?session_id={session}"):
            try:
                reply = await who.http.post(
                    path, content=endless(), headers={"content-type": "application/json"}
                )
            except OSError:  # it hung up while we still spoke
                continue
            assert 400 <= reply.status_code < 500, path
    assert await memory(ann) - before < 100 * MB


async def test_too_much_is_said_in_one_line(server: ChatServer, enter: Enter) -> None:
    """413 with the most there is, whether the length is said before or not."""
    ann = await enter(server)
    for path, most in (("/project/threads", MOST_BODY), ("/api/runs", MOST_BODY), ("/login", MOST_LOGIN)):
        form = {
            "content-type": "application/x-www-form-urlencoded" if path == "/login" else "application/json"
        }
        for content in (b"a" * (most + 1), endless(2)):
            reply = await ann.http.post(path, content=content, headers=form)
            assert reply.status_code == 413, path
            assert reply.json()["detail"].startswith("this is too large: at most")


async def test_uploads_have_a_limit_of_their_own(server: ChatServer, enter: Enter) -> None:
    """Two megabytes pass, sixty do not; nothing at all, no name and another kind get a line of their own."""
    ann = await enter(server)
    session = (await ann.connect()).session
    assert (await ann.upload(session, b"a" * 2 * MB)).status_code == 200
    assert (await ann.upload(session, b"a" * 60 * MB)).status_code == 413
    for content, name, line in (
        (b"", "empty.md", "empty.md is empty"),
        (b"x", "", ""),
        (b"x", "a.exe", "File type not allowed"),
        (b"x", "../../a.exe", "File type not allowed"),
    ):
        reply = await ann.upload(session, content, name)
        assert 400 <= reply.status_code < 500, name
        assert line in reply.json()["detail"]
        assert isinstance(reply.json()["detail"], str)
    without = await ann.http.post("/project/file", params={"session_id": session})
    assert without.status_code == 422
    assert isinstance(without.json()["detail"], str)


async def test_a_search_and_a_place_that_are_none_are_said(server: ChatServer, enter: Enter) -> None:
    """More than 1,000 characters, a cursor of nobody's, a page of none: 422 in one line."""
    ann = await enter(server)
    place = f"1.5 {uuid.uuid4()}"
    for page, sought in (
        ({"first": 20}, {"search": "a" * 1_001}),
        ({"first": 20, "cursor": "x"}, {}),
        ({"first": 20, "cursor": "nan " + place[4:]}, {}),
        ({"first": 20, "cursor": place + "\x00"}, {}),
        ({"first": 20, "cursor": "9e999 " + place[4:]}, {}),
        ({"first": 0}, {}),
        ({"first": 10**30}, {}),
        ({}, {}),
        ({"first": 20}, {"feedback": 7}),
    ):
        reply = await ann.http.post("/project/threads", json={"pagination": page, "filter": sought})
        assert reply.status_code == 422, (page, sought, reply.text)
        assert "\n" not in reply.json()["detail"]
    for page in ({"first": 20}, {"first": 20, "cursor": place}):
        reply = await ann.http.post(
            "/project/threads", json={"pagination": page, "filter": {"search": "%_!"}}
        )
        assert reply.status_code == 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(JSON, st.dictionaries(st.sampled_from(["first", "cursor", "x"]), JSON))
def test_no_body_is_more_than_its_form(value: object, page: dict[str, object]) -> None:
    """Whatever is sent is refused, or what is passed on has the fields of the form and no other."""
    for sent in (value, {"pagination": page, "filter": value, "userId": "ann"}):
        try:
            form = checked(ListThreads, json.dumps(sent).encode())
        except Problem:
            continue
        passed = form.model_dump(by_alias=True, exclude_unset=True)
        assert passed.keys() <= {"pagination", "filter"}
        assert passed["pagination"].keys() <= {"first", "cursor"}


async def test_what_is_passed_on_is_written_anew() -> None:
    """A key that is there twice, and one of no form, are read as they were checked, with a true length."""
    session = str(uuid.uuid4())
    action = '{"name": "look", "payload": {}, "hidden": 1}'
    body = f'{{"sessionId": "..", "sessionId": "{session}", "action": {action}, "x": 2}}'
    scope: dict[str, Any] = {"headers": [(b"content-length", b"7"), (b"content-type", b"text/plain")]}

    async def nothing_more() -> Message:
        return {"type": "http.disconnect"}

    receive = rewritten(scope, nothing_more, checked(CallAction, body.encode()))
    message = await receive()
    assert json.loads(message["body"]) == {"sessionId": session, "action": {"name": "look", "payload": {}}}
    assert dict(scope["headers"]) == {
        b"content-type": b"application/json",
        b"content-length": str(len(message["body"])).encode(),
    }
    assert (await receive())["type"] == "http.disconnect"


def test_an_address_is_written_anew() -> None:
    """Of two values one is checked and passed on; what cannot be read is refused."""
    session = str(uuid.uuid4())
    form = asked(SessionQuery, f"session_id=..&session_id={session}&ask_parent_id=..".encode())
    assert query_of(form) == f"session_id={session}".encode()
    for query in (
        b"session_id=%ff",
        b"\xff",
        b"&".join([b"a=b"] * 99),
        b"session_id=" + session.encode() + b"%0a",
    ):
        with pytest.raises(Problem):
            asked(SessionQuery, query)
