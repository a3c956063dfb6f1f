"""Events reach the listener of their run, and steps of calls its trace."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from graph.events import CallStarted, Event, Noted, Planned
from graph.options import Mode, Options
from graph.run.event_sink import announce, listening, trace_step
from graph.run.gc_tuning import tune_gc
from graph.state import Ask
from tests.fakes.app import events, small_app
from tests.fakes.gemini import gemini
from tests.fakes.langsmith import langsmith
from tests.fakes.tools import Pages
from tests.graph.run.test_models import answer
from tests.graph.run.test_tracing import asked, settings

PAGES = Pages({"Breakers": "A breaker closes.", "Marlin": "Keys are kept."}, seconds=0.05)


class Said(TypedDict):
    word: str


def speaking() -> Any:  # noqa: ANN401 - LangGraph's type has four parameters
    def speak(state: Said) -> Said:
        announce(Noted(text=state["word"]))
        return state

    graph = StateGraph(Said)
    graph.add_node("speak", speak)
    graph.add_edge(START, "speak")
    graph.add_edge("speak", END)
    return graph.compile()


async def test_without_a_listener_the_custom_stream_hears() -> None:
    """Studio, which drives the graph itself, gets the events on LangGraph's stream."""
    heard = [event async for event in speaking().astream({"word": "a"}, stream_mode="custom")]
    assert heard == [Noted(text="a")]


async def test_a_listener_hears_its_own_runs_alone() -> None:
    """Two runs at once in one process do not hear each other."""

    async def hear(word: str) -> list[Event]:
        heard: list[Event] = []
        with listening(heard.append):
            await speaking().ainvoke({"word": word})
        return heard

    heard = await asyncio.gather(*(hear(word) for word in ("a", "b")))
    assert heard == [[Noted(text="a")], [Noted(text="b")]]


async def test_the_events_of_runs_at_once_are_not_mixed(tmp_path: Path) -> None:
    """Each stream of the product carries the calls of its own question, made inside durable tasks too."""
    quick = Options(mode=Mode.QUICK)
    async with small_app(tmp_path, PAGES) as app:
        streams = await asyncio.gather(*(events(app.run(q, quick)) for q in ("breaker?", "marlin?")))
    for stream, question in zip(streams, ("breaker", "marlin"), strict=True):
        assert [e.questions for e in stream if isinstance(e, Planned)] == [(question,)]
        assert len([e for e in stream if isinstance(e, CallStarted)]) == 1


async def test_leaving_a_stream_stops_its_run(tmp_path: Path) -> None:
    """Who stops listening stops the work: nothing of the run goes on behind the back of the caller."""
    slow = Pages({"Breakers": "A breaker closes."}, seconds=30)
    async with small_app(tmp_path, slow) as app:
        stream = app.run("breaker?", Options(mode=Mode.QUICK))
        async for event in stream:
            if isinstance(event, CallStarted):
                break
        before = len(asyncio.all_tasks())
        await stream.aclose()
        assert before > len(asyncio.all_tasks()) == 1


class Traced(BaseCallbackHandler):
    def __init__(self) -> None:
        self.names: list[str] = []

    def on_chain_start(self, *_: Any, **named: Any) -> None:  # noqa: ANN401 - takes what LangChain gives
        self.names.append(str(named.get("name")))


async def test_nodes_are_traced_and_routes_are_not(tmp_path: Path) -> None:
    """A tracer sees each node of a run, and no function that only chooses the next one."""
    traced = Traced()
    async with small_app(tmp_path, Pages({})) as app:
        asked = Ask(question="breaker?", options={})
        await app.graph.ainvoke(asked, {"configurable": {"thread_id": "r1"}, "callbacks": [traced]})
    assert {"guard_request", "plan", "investigate", "settle"} <= set(traced.names)
    assert not {"after_request", "after_recall", "to_investigate", "after_gather"} & set(traced.names)


def test_the_collector_is_set_once_and_never_made_busier(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second application changes nothing, and neither does the first where somebody chose more."""
    frozen: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(None))
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        tune_gc()
        tune_gc()
        assert len(frozen) == 1
        gc.set_threshold(90_000, 1, 1)
        tune_gc()
        assert gc.get_threshold() == (90_000, 1, 1)
    finally:
        gc.set_threshold(*before)


FIRST = ["authorise", "validate arguments", "authorise price", "journal hit?", "confirm approval"]
THEN = ["join equal calls", "cache hit?", "reserve", "retry", "breaker", "bulkhead", "rate limit"]
LAST = ["timeout", "execute", "screen output", "store evidence, settle, audit"]


async def test_each_step_of_a_call_is_in_the_trace(tmp_path: Path) -> None:
    """The trace of a call names the steps of the pipeline in their order, with the time each began."""
    async with gemini() as model:
        model.rule = answer
        with langsmith() as taken:
            await asked(settings(tmp_path, model, taken))
    for search in taken.named("documents.search"):
        steps = [event for event in search["events"] if event["name"].startswith("documents.search: ")]
        assert [event["name"].partition(": ")[2] for event in steps] == FIRST + THEN + LAST
        assert all(event["time"] for event in steps)
    assert taken.named("documents.search")


def test_without_a_trace_a_step_is_noted_nowhere() -> None:
    """A run that nobody traces calls the same code."""
    trace_step("documents.search", "authorise")
