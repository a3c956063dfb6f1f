from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.app import open_app
from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.options import Approve, Options
from graph.records import Phase
from graph.run.wiring import STEPS
from tests.fakes.app import events, report
from tests.fakes.gemini import KEY as GEMINI_KEY
from tests.fakes.gemini import Gemini, Reply, gemini
from tests.fakes.langsmith import KEY, LangSmith, langsmith
from tests.graph.run.test_models import FLASH, LIBRARY, QUESTION, answer

WAITS = {"clarify", "approve_plan", "approve_call", "approve_report", "raise_budget"}
"""Nodes that this question does not come by."""
WORDS = b"closes again once"
"""Words of a source, which the fake model repeats."""


@pytest.fixture
async def model() -> AsyncIterator[Gemini]:
    """Serve a model that does its work."""
    async with gemini() as served:
        served.rule = answer
        yield served


@pytest.fixture
def taken() -> Iterator[LangSmith]:
    """Serve a LangSmith that takes what it gets."""
    with langsmith() as served:
        yield served


def settings(home: Path, model: Gemini, taken: LangSmith, **more: str) -> Settings:
    chosen = {"ATTEST_HOME": str(home), "ATTEST_GEMINI_URL": model.url, "ATTEST_GEMINI_KEY": GEMINI_KEY}
    chosen |= {"ATTEST_LANGSMITH_URL": taken.url, "ATTEST_LANGSMITH_KEY": KEY}
    return Settings.from_environment(chosen | more)


async def asked(chosen: Settings, **knobs: Any) -> dict[str, Any]:  # noqa: ANN401  # the knobs of a run
    async with open_app(chosen) as app:
        return report(await events(app.run(QUESTION, Options(docs=(LIBRARY,), **knobs), run_id="r1")))


async def test_every_node_and_model_call_is_told_with_what_it_was(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """One tree holds all nodes, with phase, status and the id of the run, and its cost at the root."""
    made = await asked(settings(tmp_path, model, taken))
    names = {run["name"] for run in taken.runs.values()}
    assert names >= {step.name for step in STEPS} - WAITS
    [root] = taken.named("research")
    assert {run["trace_id"] for run in taken.runs.values()} == {root["id"]}
    assert root["session_name"] == "attest"
    told = root["extra"]["metadata"]
    assert (told["run"], told["thread_id"], told["status"]) == ("r1", "r1", "answered")
    assert told["cost"] == round(float(made["cost"]["usd"]) * 1_000_000, -2)
    for run in taken.runs.values():
        assert run["end_time"] > run["start_time"]
        assert run["extra"]["metadata"]["run"] == "r1"
        assert "error" not in run
        assert set(run["extra"]) == {"metadata"}
    assert b"langgraph" not in taken.raw
    [plan] = taken.named("plan")
    assert (plan["extra"]["metadata"]["node"], plan["extra"]["metadata"]["status"]) == ("plan", "done")
    assert plan["tags"] == [Phase.INITIALIZING]
    assert plan["parent_run_id"] == root["id"]


async def test_a_model_call_names_its_role_model_prompt_tokens_and_cost(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """The costs of the traced model calls add up to the bill of the run; each hangs below its node."""
    made = await asked(settings(tmp_path, model, taken))
    [reader], [writer] = taken.named("reader"), taken.named("writer")
    [read] = taken.named("read")
    told = reader["extra"]["metadata"]
    assert (told["role"], told["tier"], told["phase"], told["node"]) == (
        "reader",
        FLASH,
        "VALIDATING",
        "read",
    )
    assert told["prompt"].startswith("reader@")
    assert told["usage_metadata"]["input_tokens"] == 1_000
    assert reader["run_type"] == "llm"
    assert reader["tags"] == ["VALIDATING", "reader"]
    assert reader["parent_run_id"] == read["id"]
    cost = sum(run["extra"]["metadata"]["cost"] for run in (reader, writer))
    assert cost == round(float(made["cost"]["by_tool"][f"model.{FLASH}"]) * 1_000_000, -2)
    searches = taken.named("documents.search")
    assert {(run["run_type"], run["extra"]["metadata"]["status"]) for run in searches} == {("tool", "done")}


async def test_no_word_of_a_run_leaves_unless_the_operator_opens_it(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """Question, sources, prompts, answer and keys are in no byte that was sent; lengths stand for them."""
    made = await asked(settings(tmp_path, model, taken))
    [reader] = taken.named("reader")
    assert reader["inputs"] == {"messages": "list of 1"}
    for secret in (QUESTION, made["answer"][:30], LIBRARY, KEY, GEMINI_KEY, "You read", model.url):
        assert secret.encode() not in taken.raw, secret
    assert WORDS not in taken.raw
    assert b"circuit" not in taken.raw.lower()


async def test_content_leaves_when_it_is_opened_and_keys_do_not(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """With ATTEST_TRACE_CONTENT the question, the prompts and the answers are sent; a key never is."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.md").write_text(f"A half-open circuit breaker closes again once it saw {GEMINI_KEY} pass.\n")
    chosen = settings(tmp_path, model, taken, ATTEST_TRACE_CONTENT="yes", HOME_TOKEN="hush-hush")  # noqa: S106  # to be found if it leaks
    async with open_app(chosen) as app:
        asked_of = f"{QUESTION} Not hush-hush."
        await events(app.run(asked_of, Options(docs=(str(docs),)), run_id="r1"))
    assert QUESTION.encode() in taken.raw
    assert WORDS in taken.raw
    assert b"You read" in taken.raw
    for secret in (KEY, GEMINI_KEY, "hush-hush"):
        assert secret.encode() not in taken.raw
    assert b"[key]" in taken.raw


async def test_an_error_is_told_by_its_class_alone(tmp_path: Path, model: Gemini, taken: LangSmith) -> None:
    """What a failing service says is not in the trace; which model failed is."""
    model.rule = lambda _: Reply(status=500)
    await asked(settings(tmp_path, model, taken))
    failed = taken.named("reader")[0]
    assert failed["extra"]["metadata"]["status"] == "failed"
    assert failed["extra"]["metadata"]["tier"] == FLASH
    assert failed["error"].isidentifier()
    assert b"Words of the service" not in taken.raw
    assert b"Traceback" not in taken.raw


async def test_a_run_that_waits_and_goes_on_is_one_thread(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """The part before a decision ends as waiting, the part after it as complete, both under the run's id."""
    async with open_app(settings(tmp_path, model, taken)) as app:
        options = Options(docs=(LIBRARY,), approve=Approve.ASK)
        await events(app.run(QUESTION, options, run_id="r1"))
        await events(app.resume("r1", {"decision": "approve"}))
    told = [run["extra"]["metadata"] for run in taken.named("research")]
    assert [(one["thread_id"], one["status"]) for one in told] == [("r1", "waiting"), ("r1", "answered")]
    assert [run["extra"]["metadata"]["status"] for run in taken.named("approve_plan")] == ["waiting", "done"]
    assert QUESTION.encode() not in taken.raw


@pytest.mark.parametrize("status", [401, 500])
async def test_a_server_that_refuses_costs_a_line(
    tmp_path: Path, model: Gemini, taken: LangSmith, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    """The run is complete, one line is logged without the key, and no more than a few requests were made."""
    taken.status = status
    with caplog.at_level(logging.INFO):
        made = await asked(settings(tmp_path, model, taken))
    assert made["status"] == "answered"
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 1
    assert "ATTEST_LANGSMITH_KEY" in lines[0]
    assert KEY[:5] not in lines[0]
    assert len(taken.asked) <= 3


async def test_a_server_that_is_gone_costs_a_line(
    tmp_path: Path, model: Gemini, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing listens at the address: the run is complete and one line is logged."""
    with langsmith() as gone:
        pass
    made = await asked(settings(tmp_path, model, gone))
    assert made["status"] == "answered"
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1


async def test_a_server_that_never_answers_holds_up_nothing(
    tmp_path: Path, model: Gemini, taken: LangSmith
) -> None:
    """The run ends while the first request still waits; that one ends by itself, and no other follows it."""
    taken.gate.clear()
    async with open_app(settings(tmp_path, model, taken)) as app:
        made = report(await events(app.run(QUESTION, Options(docs=(LIBRARY,)), run_id="r1")))
    assert made["status"] == "answered"
    for thread in (threads := [one for one in threading.enumerate() if "tracing_" in one.name]):
        thread.join(60)
    assert [thread.is_alive() for thread in threads] == [False] * len(threads)
    assert len(taken.asked) == 1
    assert taken.runs == {}


async def test_a_server_of_old_gets_batches(tmp_path: Path, model: Gemini) -> None:
    """Where there is no multipart endpoint the same runs arrive in batches."""
    with langsmith(multipart=False) as old:
        await asked(settings(tmp_path, model, old))
    assert "/runs/batch" in old.asked
    assert {"research", "reader", "writer", "settle"} <= {run["name"] for run in old.runs.values()}


AMBIENT = """
"A run that is cut short and goes on again."
import asyncio
from pathlib import Path
from graph.app import open_app
from graph.events import CallStarted
from graph.options import Options
from graph.config.settings import Settings
from tests.fakes.app import events

async def main():
    async with open_app(Settings.from_environment()) as app:
        options = Options(docs=("evals/library/documents",))
        async for event in app.run("Secret question about breakers?", options, run_id="r1"):
            if isinstance(event, CallStarted):
                app.stop("r1")
        await events(app.resume("r1", budget=10))
        print(sorted(module for module in __import__("sys").modules if module == "graph.run.tracing"))
asyncio.run(main())
"""


@pytest.mark.parametrize("ours", [False, True])
def test_the_environment_cannot_turn_tracing_on_nor_elsewhere(
    tmp_path: Path, taken: LangSmith, *, ours: bool
) -> None:
    """LANGSMITH_TRACING and its kin send nothing, neither alone nor beside our own tracing."""
    with langsmith(key="ambient") as ambient:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        ends = f'[{{"api_url": "{ambient.url}", "api_key": "ambient", "project_name": "other"}}]'
        loose = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "ambient"}
        loose |= {"LANGSMITH_PROJECT": "elsewhere", "LANGSMITH_HIDE_INPUTS": "false"}
        chosen = {"ATTEST_HOME": str(tmp_path), "LANGSMITH_RUNS_ENDPOINTS": ends}
        if ours:
            chosen |= {"ATTEST_LANGSMITH_KEY": KEY, "ATTEST_LANGSMITH_URL": taken.url}
        done = subprocess.run(
            [sys.executable, "-c", AMBIENT], env=known | loose | chosen, capture_output=True, check=True
        )
    assert done.stdout.decode().strip() == ("['graph.run.tracing']" if ours else "[]")
    assert ambient.asked == []
    assert {run["session_name"] for run in taken.runs.values()} == ({"attest"} if ours else set())
    assert b"Secret question" not in taken.raw


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATTEST_TRACE_CONTENT", "maybe"),
        ("ATTEST_LANGSMITH_URL", "smith"),
        ("ATTEST_LANGSMITH_URL", "ftp://x"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    """A value that is neither yes nor no, and an address that is none, are the operator's to mend."""
    with pytest.raises(Misconfigured, match=name):
        Settings.from_environment({name: value})
