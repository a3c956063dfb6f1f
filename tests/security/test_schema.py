"""Whatever is sent to the chat's server, Chainlit's routes included, it never fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok

from tests.browser.server import ChatServer
from tests.security.listed import listed_by_process
from tests.security.visitor import Visitor
from tests.ui.server.web.bridge import bridge
from ui.server.security.route_rules import WEBSOCKET
from ui.server.security.route_table import RULES

bridge()
pytestmark = pytest.mark.timeout(900)

SESSION = ("sessionId", "session_id")
AS_JSON = {"content-type": "application/json"}
SOME = "0b0e5c9e-5f0c-4c1e-9a55-2b6f0f1f7d11"
FEW = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Sit at an open page of the server: whose session it is, and its cookie."""

    url: str
    session: str
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        """Return what the page sends with each request."""
        return {"Cookie": self.cookie, "Origin": self.url}


@pytest.fixture(scope="module")
def sitting(server: ChatServer) -> Sitting:
    """Open a page; its session stays for an hour after it is closed."""

    async def opened() -> Sitting:
        async with Visitor(url=server.url, name="ada") as ada:
            socket = await ada.connect()
            return Sitting(url=server.url, session=socket.session, cookie=ada.cookie)

    return asyncio.run(opened())


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Return every operation that Chainlit's own schema names, those that are off included."""
    schema = listed_by_process(tmp_path_factory.mktemp("listed"))["schema"]
    found = schemathesis.openapi.from_dict(schema).get_all_operations()
    return {each.ok().label: each.ok() for each in found if isinstance(each, Ok)}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_makes_a_route_of_chainlit_fail(
    sitting: Sitting, operations: Mapping[str, Any], mode: GenerationMode
) -> None:
    """Valid and invalid requests by a person, about an open session and about any other: no 5xx."""
    assert len(operations) > 30
    failed: list[tuple[str, int]] = []
    for label, operation in operations.items():
        if mode is GenerationMode.NEGATIVE and "requestBody" not in operation.definition.raw:
            continue  # nothing invalid can be made of a path alone

        @given(case=operation.as_strategy(generation_mode=mode))
        @FEW
        def answers(case: Case) -> None:
            statuses = [case.call(sitting.url, headers=sitting.headers).status_code]
            for part in (case.query, case.body):
                if isinstance(part, dict):
                    part.update({name: sitting.session for name in SESSION if name in part})
            statuses.append(case.call(sitting.url, headers=sitting.headers).status_code)
            failed.extend((label, status) for status in statuses if status >= 500)  # noqa: B023  # called at once

        answers()
    assert failed == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)
KEYS = ("action", "name", "payload", "feedback", "forId", "value", "threadId", "pagination", "filter")
NAMED = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6)


def test_no_json_makes_a_line_of_the_table_fail(sitting: Sitting) -> None:
    """Any JSON to any line that may be sent some, with the session of the page and an id in each place."""
    lines = [
        (method, rule.path.replace("{run_id}", SOME).replace("{provider_id}", "x"))
        for rule in RULES
        for method in set(rule.methods) - {"GET", "HEAD", WEBSOCKET}
    ]

    @given(NAMED)
    @FEW
    def answers(value: dict[str, object]) -> None:
        said = {
            "sessionId": sitting.session,
            "session_id": sitting.session,
            "action": {"name": "look"},
            **value,
        }
        for method, path in lines:
            content = json.dumps(said)
            reply = client.request(
                method,
                path,
                content=content,
                headers={"content-type": "application/json"},
                params={"session_id": sitting.session},
            )
            assert reply.status_code < 500, (method, path, content)

    with httpx.Client(base_url=sitting.url, headers=sitting.headers, timeout=60, trust_env=False) as client:
        answers()


ASKED = ("run", "token", "name", "place", "plan", "figure", "number", "decision")
ACTIONS = ("decide", "operate", "read_citation", "read_more", "look", "nope")


def test_no_payload_makes_an_action_fail(sitting: Sitting) -> None:
    """What an element asks for is checked by what answers it: no 5xx."""

    @given(
        st.sampled_from(ACTIONS),
        st.dictionaries(st.sampled_from(["run", "token", "name", "place", "plan"]), JSON),
    )
    @settings(FEW, max_examples=60)
    def answers(name: str, payload: dict[str, object]) -> None:
        said = {"sessionId": sitting.session, "action": {"name": name, "payload": payload}}
        reply = client.post("/project/action", content=json.dumps(said), headers=AS_JSON)
        assert reply.status_code < 500, (said, reply.text)

    with httpx.Client(base_url=sitting.url, headers=sitting.headers, timeout=60, trust_env=False) as client:
        answers()


SCRIPTS = st.text(st.characters(codec="utf-8") | st.sampled_from("/.\\%?#;\x00\r\n"), max_size=60)


def test_no_path_makes_it_fail(sitting: Sitting) -> None:
    """A path of any characters, below any line, is answered below 500."""
    roots = (
        "/",
        "/public/",
        "/assets/",
        "/avatars/",
        "/api/runs/",
        "/project/file/",
        "/reading/",
        "/auth/oauth/",
    )

    @given(st.sampled_from(roots), SCRIPTS)
    @settings(FEW, max_examples=150)
    def answers(root: str, rest: str) -> None:
        raw = f"{root}{quote(rest.lstrip('/'), safe='/')}".encode()
        url = httpx.URL(sitting.url).copy_with(raw_path=raw)
        assert client.get(url).status_code < 500, url

    with httpx.Client(headers=sitting.headers, timeout=60, trust_env=False) as client:
        answers()
