"""Whatever is sent to the API, right or wrong, it answers as its schema says and never fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from graph.config.settings import Settings
from graph.people.accounts import Accounts
from graph.stores.db.database import Database
from tests.ui.server.web.bridge import bridge
from tests.ui.server.web.house import by_cookie, people
from tests.ui.server.web.serving import Server
from ui.server.server_context import ServerLifetime
from ui.server.web.api import api
from ui.server.web.api_context import open_api_context

bridge()
NOWHERE = Settings.from_environment({"ATTEST_HOME": "/none/where"})
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
DESK = open_api_context(
    NOWHERE, by_cookie, accounts=Accounts(Database(NOWHERE.database)), served=ServerLifetime(NOWHERE).context
)
SCHEMA = schemathesis.openapi.from_dict(api(DESK).openapi())
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)}

# The generator rejects all it makes of a body that may have one of several shapes: to those
# `test_no_json_makes_it_fail` sends what they do not expect.
SEVERAL_SHAPES = {"POST /api/runs/{run_id}/decision", "POST /api/runs/{run_id}/resume"}
TRIED = [
    (label, mode)
    for label, operation in OPERATIONS.items()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    # Of a path alone nothing invalid can be made: every path is text.
    if mode is GenerationMode.POSITIVE
    or ("requestBody" in operation.definition.raw and label not in SEVERAL_SHAPES)
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Serve with a run that waits for a decision."""
    home = tmp_path_factory.mktemp("home")
    tokens = people(home)
    server = Server(home=home, seconds=0.0, token=tokens["root"])
    asyncio.run(server.start())
    yield server, asyncio.run(server.asked(approve="ask"))
    server.kill()


def test_every_endpoint_is_in_the_schema() -> None:
    """What is tried below is the whole API."""
    assert len(OPERATIONS) == 14
    assert "POST /api/runs/{run_id}/decision" in OPERATIONS


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("label", "mode"), TRIED)
def test_no_request_makes_it_fail(served: tuple[Server, str], label: str, mode: GenerationMode) -> None:
    """Valid and invalid requests, about a run that is there and about any other: no 5xx, and no surprise."""
    server, run_id = served
    base, headers = f"http://127.0.0.1:{server.port}", {"Authorization": f"Bearer {server.token}"}

    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    @settings(
        max_examples=15,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case: Case) -> None:
        case.call_and_validate(base, headers=headers, checks=CHECKS)
        if "run_id" in (case.path_parameters or {}):
            case.path_parameters["run_id"] = run_id
            case.call_and_validate(base, headers=headers, checks=CHECKS)

    answers()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["question", "options", "decision", "plan", "budget_usd", "docs", "sources", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", ["", "/decision", "/resume", "/stop"])
def test_no_json_makes_it_fail(served: tuple[Server, str], path: str) -> None:
    """Any JSON, and what only looks like it, sent to whatever takes a body is answered below 500."""
    server, run_id = served
    url = f"/api/runs/{run_id}{path}" if path else "/api/runs"

    @given(JSON)
    @settings(max_examples=60, derandomize=True, database=None)
    def answers(value: object) -> None:
        content = json.dumps(value)
        reply = client.post(url, content=content, headers={"content-type": "application/json"})
        assert reply.status_code < 500, (content, reply.text)

    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}",
        headers={"authorization": f"Bearer {server.token}"},
        trust_env=False,
    ) as client:
        answers()


@pytest.mark.parametrize(
    "path", ["%0A", "runs/a%0Ab", "runs/a%0Ab/decision", "runs/%0A/sources/%0A", "%0D%0A%E2%80%A8"]
)
def test_a_path_with_a_line_break_is_answered_as_any_other(served: tuple[Server, str], path: str) -> None:
    """A path that the router before the API would not take gets the API's own answer, not the page's."""
    server, _ = served
    reply = httpx.get(
        f"http://127.0.0.1:{server.port}/api/{path}",
        headers={"authorization": f"Bearer {server.token}"},
        trust_env=False,
    )
    assert reply.status_code in {404, 405, 422}
    assert reply.headers["content-type"] == "application/problem+json"
