from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from tests.fakes.langsmith import LangSmith, langsmith
from tests.fakes.studio import Studio, studio

QUESTION = "When does a half-open circuit breaker close again?"


@pytest_asyncio.fixture
async def client(server: Studio) -> AsyncIterator[LangGraphClient]:
    """Talk to it as programs do: the token stands in a header."""
    async with get_client(url=server.url, headers={"Authorization": f"Bearer {server.token}"}) as opened:
        yield opened


@pytest.fixture(scope="module")
def traces() -> Iterator[LangSmith]:
    with langsmith() as fake:
        yield fake


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, traces: LangSmith) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio"), traced_to(traces)) as started:
        yield started


def traced_to(fake: LangSmith) -> dict[str, str]:
    """Ask LangSmith's own tracer to follow whatever runs, as a person would who uses it for all they do."""
    return {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": fake.url, "LANGSMITH_API_KEY": fake.key}


async def test_studio_runs_pauses_edits_lists_and_forks(client: LangGraphClient) -> None:
    """A person can step through a run on LangGraph's own server: plan card, edit, history, fork."""
    thread = (await client.threads.create())["thread_id"]
    asked: Any = {"question": QUESTION, "options": {"approve": "ask", "mode": "quick"}}
    await client.runs.wait(thread, "attest", input=asked)

    state = await client.threads.get_state(thread)
    assert state["next"] == ["approve_plan"]
    question = state["tasks"][0]["interrupts"][0]["value"]
    assert question["kind"] == "plan"
    plan = question["plan"]
    plan["branches"][0]["tasks"][0]["arguments"]["query"] = "how long Marlin keeps an idempotency key"

    answer: Any = await client.runs.wait(
        thread, "attest", command={"resume": {"decision": "edit", "plan": plan}}
    )
    report = answer["report"]
    assert report["schema"] == "attest.report/2"
    assert report["status"] == "not answered"

    history = await client.threads.get_history(thread, limit=50)
    nodes = [step["next"][0] for step in history if step["next"]]
    assert {"plan", "approve_plan", "investigate", "read", "check", "settle"} <= set(nodes)

    before = next(step for step in history if step["next"] == ["write"])
    forked = await client.threads.update_state(
        thread, {"refusal": ""}, checkpoint_id=before["checkpoint"]["checkpoint_id"], as_node="check"
    )
    again: Any = await client.runs.wait(
        thread, "attest", input=None, checkpoint_id=forked["checkpoint"]["checkpoint_id"]
    )
    assert again["report"]["claims"] == report["claims"]


async def test_studio_shows_the_graph_and_streams_its_events(client: LangGraphClient) -> None:
    """The drawing has the nodes of the design, and a run streams what it does as it does it."""
    assistant = (await client.assistants.search(graph_id="attest"))[0]["assistant_id"]
    graph: Any = await client.assistants.get_graph(assistant)
    assert {"guard_request", "dispatch", "investigate", "gather", "verify", "settle"} <= {
        node["id"] for node in graph["nodes"]
    }
    asked: Any = {"question": "What is zymurgy?"}
    stream = client.runs.stream(None, "attest", input=asked, stream_mode="custom")
    kinds = [part.data["type"] async for part in stream if part.event == "custom"]
    assert kinds[0] == "phase_started"
    assert {"call_started", "call_finished", "planned"} <= set(kinds)


async def test_what_studio_traces_by_itself_holds_no_word_of_a_run(
    client: LangGraphClient, traces: LangSmith
) -> None:
    """The server's own tracer names the nodes; neither question nor plan leaves, also where a run waits."""
    thread = (await client.threads.create())["thread_id"]
    asked: Any = {"question": "Why is zymurgy quixotic?", "options": {"approve": "ask"}}
    await client.runs.wait(thread, "attest", input=asked)
    for _ in range(500):
        ended = [run for run in traces.named("approve_plan") if run.get("end_time")]
        if ended:
            break
        await asyncio.sleep(0.2)
    assert ended
    assert {"plan", "guard_budget", "approve_plan"} <= {run.get("name") for run in traces.runs.values()}
    assert not [word for word in (b"zymurgy", b"quixotic") if word in traces.raw]
