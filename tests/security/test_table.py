"""What the server serves is what the table says, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.server import ChatServer
from tests.fakes.app import settings
from tests.security.listed import listed_by_process
from tests.security.visitor import Enter
from ui.chat.conversation.settings_panel import inputs
from ui.server.security.route_rules import WEBSOCKET
from ui.server.security.route_table import OFF, RULES
from ui.server.security.socket_events import EVENTS, OFF_EVENTS, ChatSettings

pytestmark = pytest.mark.timeout(300)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OURS_ALONE = {"/api", "/api/{}", "/health", "/metrics", "/ready"}
"""Where the API is put into the chat: its own routes are in the table one by one."""
NOT_HERE = {"/slack/events", "/teams/events"}
"""Routes that Chainlit has where its environment names a bot."""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a server of the chat routes and hears."""
    return listed_by_process(tmp_path_factory.mktemp("listed"))


def plain(path: str) -> str:
    """Return a path with nothing said of its places."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def test_every_route_is_in_a_line(listed: dict[str, Any]) -> None:
    """A route that Chainlit or a capability of ours brings is allowed or off by name, method by method."""
    allowed = {(plain(rule.path), method) for rule in RULES for method in rule.methods}
    off = {plain(path) for path in OFF}
    unknown = [
        (method, path)
        for path, methods in listed["routes"]
        if plain(path) not in off and plain(path) not in OURS_ALONE
        for method in methods
        if (plain(path), method) not in allowed
    ]
    assert unknown == []


def test_every_line_is_of_a_route(listed: dict[str, Any]) -> None:
    """A line of a route that is no more does not stay."""
    there = {plain(path) for path, _ in listed["routes"]}
    lines = {plain(rule.path).removesuffix("/") or "/" for rule in RULES} | {plain(path) for path in OFF}
    assert lines - there - NOT_HERE == set()


def test_every_event_is_in_a_line(listed: dict[str, Any]) -> None:
    """An event that Chainlit hears is allowed or off by name, and only the allowed ones have a handler."""
    allowed = {event.name for event in EVENTS}
    assert set(listed["events"]) == allowed | set(OFF_EVENTS)
    assert set(listed["heard"]) == allowed | {"*"}
    assert listed["namespaces"] == ["/"]


def test_the_settings_of_the_panel_are_those_that_are_heard(tmp_path: Path) -> None:
    """What can be chosen in the panel is in the form of the event, and nothing else is."""
    assert {each.id for each in inputs(settings(tmp_path))} == set(ChatSettings.model_fields)


@pytest.mark.parametrize(
    "path", [*OFF, "/nope", "/api/nope", "/ws", "/project/threads/x", "/env", "/share/x"]
)
async def test_what_is_off_is_not_there(server: ChatServer, enter: Enter, path: str) -> None:
    """By no method, and for an administrator neither: 404 in one line, and no page of Chainlit's."""
    ada = await enter(server, "ada")
    path = (
        path.replace("{full_path:path}", "any/where")
        .replace("{thread_id}", "x")
        .replace("{filename:path}", "index.js")
    )
    for method in METHODS:
        reply = await ada.http.request(method, path)
        assert reply.status_code == 404, (method, path)
        assert method == "HEAD" or "there is no such page" in reply.json()["detail"]


async def test_a_method_of_no_line_is_refused(server: ChatServer, enter: Enter) -> None:
    """405 says which there are, preflights of other origins included."""
    ada = await enter(server, "ada")
    for method, path in (
        ("OPTIONS", "/login"),
        ("DELETE", "/user"),
        ("PATCH", "/api/runs"),
        ("HEAD", "/user"),
    ):
        reply = await ada.http.request(method, path, headers={"access-control-request-method": "POST"})
        assert reply.status_code == 405, path
        assert reply.headers["allow"]
        assert not any(name.startswith("access-control-") for name in reply.headers)


async def test_nobody_who_is_not_logged_in_comes_past_the_login(server: ChatServer, enter: Enter) -> None:
    """Every line that is for persons is a 401 to a stranger, by any method of it."""
    stranger = await enter(server, "")
    some_id = "00000000-0000-4000-8000-000000000000"
    for rule in RULES:
        path = re.sub(r"\{\w+:id\}", some_id, rule.path)
        path = re.sub(r"\{\w+(:path)?\}", "x", path)
        for method in set(rule.methods) - {WEBSOCKET}:
            status = (await stranger.http.request(method, path)).status_code
            assert (status == 401) is (rule.who != "anybody" and path != "/metrics"), (method, path, status)


def test_ours_stays(server: ChatServer) -> None:
    """The API has its page and its schema, and they load nothing from elsewhere."""
    page = httpx.get(f"{server.url}/api/docs", trust_env=False)
    assert page.status_code == 200
    assert "https://" not in page.text
    assert httpx.get(f"{server.url}/api/openapi.json", trust_env=False).json()["info"]["title"] == "Attest"
