"""A call on its way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.events import CallFinished, CallRetried, CallStarted
from graph.records import Outcome, Passage, Span
from tests.fakes.tools import Query
from tests.tools.call_pipeline.steps.stepping import CACHEABLE, SPEC, pending
from tools.call_pipeline.pending_call import call_key, finished, retried, started, with_price

PASSAGE = Passage(span=Span(source="s1", start=0, end=9), score=1.0)


def test_the_key_of_a_call_is_its_tool_version_and_arguments() -> None:
    """Equal calls share a key; another version or argument does not."""
    keys = {
        call_key(SPEC, Query(query="x")),
        call_key(SPEC, Query(query="y")),
        call_key(replace(SPEC, version="2"), Query(query="x")),
    }
    assert len(keys) == 3
    assert call_key(SPEC, Query(query="x")) in keys


async def test_an_equal_call_answers_at_no_cost_under_its_own_name() -> None:
    """The texts are shared; task, branch, times and cost are those of the call that is answered."""
    other = pending(SPEC, id="t9")
    other.owed, other.attempts, other.waited = 30, 2, 1.5
    found = replace(other.ended(Outcome.DONE, 0.9), passages=(replace(PASSAGE, branch="b9"),))
    answer = pending(SPEC).answered_by(found, 2.0)
    assert (answer.task, answer.branch, answer.started, answer.ended) == ("t1", "b1", 1.0, 2.0)
    assert (answer.cost, answer.attempts, answer.waited, answer.estimate) == (0, 0, 0.0, 0)
    assert [passage.branch for passage in answer.passages] == ["b1"]


@pytest.mark.parametrize(
    ("changed", "cacheable"),
    [({}, True), ({"deterministic": False}, False), ({"ttl": 0.0}, False), ({"effects": "write"}, False)],
)
def test_only_what_is_read_and_the_same_for_a_while_is_cacheable(
    changed: dict[str, Any],
    cacheable: bool,  # noqa: FBT001  # a column of the table
) -> None:
    """A tool must be deterministic, change nothing, and say for how long its results hold."""
    assert pending(replace(CACHEABLE, **changed)).is_cacheable == cacheable


def test_the_price_of_a_call_may_depend_on_its_arguments() -> None:
    """Arguments that do not fit leave the list price."""
    spec = replace(SPEC, worst=lambda _: 7)
    assert with_price(spec, pending(spec).task).price == 7
    assert with_price(spec, pending(spec, ["no", "string"], valid=False).task).price == SPEC.price
    assert with_price(SPEC, pending(SPEC).task) is SPEC


def test_a_call_is_announced_from_its_start_to_its_end() -> None:
    """Each announcement names the task and the tool, and rounds its seconds."""
    call = pending()
    assert started(call) == CallStarted(task="t1", tool="pages", purpose="p")
    assert retried(call, 2, 0.12345, "busy") == CallRetried(
        task="t1", tool="pages", attempt=2, seconds=0.123, reason="busy"
    )
    call.owed, call.attempts = 10, 2
    assert finished(call.ended(Outcome.DONE, 2.00004, detail="fine")) == CallFinished(
        task="t1",
        tool="pages",
        outcome=Outcome.DONE,
        seconds=1.0,
        cost=10,
        found=0,
        detail="fine",
        replayed=False,
        attempts=2,
    )
