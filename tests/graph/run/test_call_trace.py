from __future__ import annotations

from pathlib import Path

from graph.run.call_trace import trace_step
from tests.fakes.gemini import gemini
from tests.fakes.langsmith import langsmith
from tests.graph.run.test_models import answer
from tests.graph.run.test_tracing import asked, settings

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
