"""Studio's server: what another name and a caller without the token reach, and what Studio may."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from tests.fakes.studio import PAGE, Studio, studio
from ui.studio.studio_auth import run_created
from ui.studio.studio_server import AUTH, GRAPHS, http
from ui.studio.studio_token import new_token

ROOT = Path(__file__).parents[2]
QUESTION = "When does a half-open circuit breaker close again?"
RUN = {"assistant_id": "attest", "input": {"question": QUESTION}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio"), {"ATTEST_BUDGET_USD": "0.50"}) as started:
        yield started


@pytest.fixture
def caller(server: Studio) -> Iterator[httpx.Client]:
    """Ask the bare address, with no token but what a test adds."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


@pytest_asyncio.fixture
async def client(server: Studio) -> AsyncIterator[LangGraphClient]:
    """Talk to it as the Studio page does: by the address that holds the token."""
    async with get_client(url=server.base) as opened:
        yield opened


def bearer(server: Studio) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.token}"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "0.0.0.0:2024", ""])
def test_only_names_of_this_machine_are_answered(server: Studio, caller: httpx.Client, host: str) -> None:
    """Whatever stands in Host, it is the loopback address or localhost, also with the token."""
    assert caller.get("/info", headers={**bearer(server), "Host": host}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/info", "/docs", "/openapi.json", "/metrics", "/threads", "/assistants/search", "/runs/wait"),
        *("/deploy", "/internal/truncate", "/store/items", "/ui/attest", "/mcp/", "/noauth/threads", "//ok"),
    ],
)
def test_without_the_token_every_path_is_closed(caller: httpx.Client, path: str) -> None:
    """No method and no header of Studio's own opens a path; that the server lives is all anybody learns."""
    for method in ("GET", "POST", "DELETE", "HEAD"):
        for name, value in (
            ("x-auth-scheme", "langsmith"),
            ("authorization", "Bearer x"),
            ("x-api-key", "x"),
        ):
            assert caller.request(method, path, headers={name: value}).status_code == 401
        assert caller.request(method, path).status_code == 401
    assert caller.get("/ok").json()["ok"] is True


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"])
def test_a_body_that_is_not_called_json_is_refused(server: Studio, caller: httpx.Client, kind: str) -> None:
    """What a form can send starts nothing, also with the token; JSON with a charset is JSON."""
    body = json.dumps({}).encode()
    headers = {**bearer(server), "Content-Type": kind}
    assert caller.post("/threads", content=body, headers=headers).status_code == 415
    headers["Content-Type"] = "application/json; charset=utf-8"
    assert caller.post("/threads", content=body, headers=headers).status_code == 200


def test_the_studio_page_is_let_read_and_no_other(server: Studio, caller: httpx.Client) -> None:
    """Its origin, methods and headers pass the question before a request; a strange origin does not."""
    asked = {
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type,x-auth-scheme",
    }
    path = f"/{server.token}/threads"
    granted = caller.options(path, headers={"Origin": PAGE, **asked})
    assert (granted.status_code, granted.headers["access-control-allow-origin"]) == (200, PAGE)
    answer = caller.get(f"/{server.token}/info", headers={"Origin": PAGE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, PAGE)
    for origin in ("https://evil.example", "null", f"{PAGE}.evil.example", "http://127.0.0.1:1"):
        refused = caller.options(path, headers={"Origin": origin, **asked})
        assert refused.status_code == 403
        assert not [name for name in refused.headers if name.startswith("access-control")]
        assert caller.get(path, headers={"Origin": origin}).status_code == 403
    for more in ({"Access-Control-Request-Method": "TRACE"}, {"Access-Control-Request-Headers": "x-else"}):
        assert caller.options(path, headers={"Origin": PAGE, **asked, **more}).status_code == 400


@pytest.mark.parametrize("how", ["bearer", "api key", "address"])
async def test_the_sdk_carries_the_token(server: Studio, how: str) -> None:
    """A program sends it in either header or in its address, sees the graph, and makes a thread."""
    made = {
        "bearer": lambda: get_client(url=server.url, headers=bearer(server)),
        "api key": lambda: get_client(url=server.url, api_key=server.token),
        "address": lambda: get_client(url=server.base),
    }[how]()
    async with made as client:
        assert [found["graph_id"] for found in await client.assistants.search()] == ["attest"]
        assert (await client.threads.create())["status"] == "idle"


async def refusal(client: LangGraphClient, options: dict[str, Any]) -> str:
    thread = (await client.threads.create())["thread_id"]
    asked: Any = {"question": QUESTION, "options": options}
    answer: Any = await client.runs.wait(thread, "attest", input=asked)
    assert answer["report"]["status"] == "refused"
    assert not answer["report"]["claims"]
    (unknown,) = answer["report"]["unknowns"]
    return str(unknown["detail"])


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"docs": ["/etc"]}, "there is no folder '/etc': choose from documents"),
        ({"docs": ["../../.."]}, "there is no folder"),
        ({"docs": "/etc"}, "write a list of names"),
        ({"docs": [["documents"]]}, "there is no folder"),
        ({"user": "ann"}, "option user: the operator sets it here"),
        ({"role": "admin"}, "option role: the operator sets it here"),
        ({"budget": 500_001}, "is more than $0.50, the most there may be"),
    ],
)
async def test_the_settings_bound_what_a_run_may_set(
    client: LangGraphClient, options: dict[str, Any], why: str
) -> None:
    """No path of the machine, no other person and no more money is had by asking."""
    assert why in await refusal(client, options)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"question": QUESTION, "options": "quick"}, "options: write an object"),
        ({"question": QUESTION, "options": ["quick"]}, "options: write an object"),
        ({"question": [QUESTION]}, "question: write it as text"),
        ({"question": {"a": 1}, "options": 5}, "question: write it as text"),
        ({"question": None}, "question: write it as text"),
    ],
)
async def test_an_input_of_another_form_is_refused_in_words(
    client: LangGraphClient,
    asked: Any,  # noqa: ANN401  # what is no question
    why: str,
) -> None:
    """What is no question with options ends in a refusal that says so, not in an error of the program."""
    answer: Any = await client.runs.wait(None, "attest", input=asked)
    assert answer["report"]["status"] == "refused"
    assert why in answer["report"]["unknowns"][0]["detail"]


async def test_a_folder_is_named_as_the_settings_name_it(client: LangGraphClient) -> None:
    """What is within the bounds is done."""
    asked: Any = {"question": QUESTION, "options": {"docs": ["documents"], "budget": 1, "mode": "quick"}}
    answer: Any = await client.runs.wait(None, "attest", input=asked)
    assert answer["report"]["claims"]


async def test_a_raise_stays_within_the_settings(client: LangGraphClient) -> None:
    """An answer to a waiting plan cannot give it more money than the settings do; the plan waits on."""
    thread = (await client.threads.create())["thread_id"]
    asked: Any = {"question": QUESTION, "options": {"approve": "ask", "budget": 1}}
    await client.runs.wait(thread, "attest", input=asked)
    raised: Any = {"decision": "edit", "budget_usd": "0.51"}
    await client.runs.wait(thread, "attest", command={"resume": raised})
    state = await client.threads.get_state(thread)
    (waiting,) = state["tasks"][0]["interrupts"]
    assert "is more than $0.50" in waiting["value"]["problem"]


async def test_a_written_state_opens_no_folder(client: LangGraphClient) -> None:
    """Neither the options nor the run of a thread, written over, lead to what the settings do not name."""
    thread = (await client.threads.create())["thread_id"]
    asked: Any = {"question": QUESTION, "options": {"approve": "ask", "mode": "quick"}}
    await client.runs.wait(thread, "attest", input=asked)
    wide = {"docs": ["/etc"], "role": "admin", "budget": 10**9}
    await client.threads.update_state(thread, {"options": {"docs": ["/etc"]}}, as_node="__start__")
    answer: Any = await client.runs.wait(thread, "attest", input=None)
    assert "there is no folder '/etc'" in answer["report"]["unknowns"][0]["detail"]
    run = {"id": thread, "question": QUESTION, "started": 0.0, "options": wide}
    forged: Any = {"update": {"run": run}, "goto": "recall"}
    ended: Any = await client.runs.wait(thread, "attest", command=forged, raise_error=False)
    assert "__error__" in ended
    assert "/etc/" not in str(ended)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/runs/crons", {**RUN, "schedule": "* * * * *"}, 403),
        ("POST", "/assistants", {"graph_id": "attest"}, 403),
        ("PUT", "/store/items", {"namespace": ["a"], "key": "k", "value": {}}, 404),
        ("POST", "/deploy", {}, 404),
        ("POST", "/internal/truncate", {}, 404),
        ("POST", "/mcp/", {}, 404),
    ],
)
def test_what_studio_does_not_need_is_closed_to_it_too(
    server: Studio, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    """The token asks, decides and looks: it starts no program and makes no standing order."""
    assert httpx.request(method, f"{server.base}{path}", json=body, timeout=60).status_code == status


async def test_a_run_may_not_have_this_machine_call_an_address() -> None:
    """LangGraph's server would call any public address when a run ends; here such a run does not begin."""
    context: Any = None
    assert await run_created(ctx=context, value={"kwargs": {"webhook": "https://example.org/"}}) is False
    assert await run_created(ctx=context, value={"kwargs": {"input": {}}}) is True


def test_each_start_has_a_token_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """256 random bits, new each time."""
    monkeypatch.setenv("ATTEST_STUDIO_TOKEN", "")
    assert len({new_token() for _ in range(8)}) == 8
    assert len(new_token()) >= 43


def test_the_file_of_langgraph_says_the_same() -> None:
    """`langgraph dev` in the checkout stands behind the same door as `attest studio`."""
    stored = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))
    assert (stored["graphs"], stored["auth"], stored["http"]) == (GRAPHS, AUTH, http(PAGE))
    assert "env" not in stored
