"""A number that is too large for what keeps it is refused in words, wherever it comes in."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp.types import CallToolResult
from pydantic import ValidationError

from graph.config.settings import Settings, micros
from graph.errors import AttestError, Misconfigured, Refused, Unusable
from graph.options import Approve, Options
from graph.run.serde import serializer
from guards.number_bounds import LEAST, MOST, are_numbers_held
from guards.option_bounds import read_options
from guards.policy.approval import Edit, read_decision
from tests.fakes.app import events, report, small_app
from tests.fakes.tools import Pages
from tests.ui.server.web.house import house
from tools.mcp.mcp_result import source_of_answer
from tools.mcp.schema_arguments import arguments_model
from tools.models.chat.model_pricing import own_prices

TOO_LARGE = [10**30, -(10**30), MOST + 1, LEAST - 1, math.inf, -math.inf, math.nan]
ENDLESS = 10**5000
ASK = Options(approve=Approve.ASK)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def edit(value: object) -> dict[str, Any]:
    """Write an edit whose one call has an argument."""
    task = {"id": "b1.t1", "tool": "documents.search", "arguments": {"query": "breaker", "limit": value}}
    return {"decision": "edit", "plan": {"branches": [{"id": "b1", "question": "breaker?", "tasks": [task]}]}}


def numbers(value: object) -> list[int | float]:
    """Return each number of JSON."""
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers(each)]
    if isinstance(value, list):
        return [number for each in value for number in numbers(each)]
    return [value] if isinstance(value, int | float) else []


@given(JSON)
def test_what_is_held_can_be_stored(value: object) -> None:
    """A checkpoint takes whatever passes and gives it back; what is refused holds such a number."""
    if are_numbers_held(value).allowed:
        assert serializer().loads_typed(serializer().dumps_typed(value)) == value
    else:
        assert any(not LEAST <= number <= MOST or math.isnan(number) for number in numbers(value))


@pytest.mark.parametrize("nested", [200_000])
def test_depth_costs_no_stack(nested: int) -> None:
    """A value nested as deep as one likes is walked to its end."""
    value: object = 10**30
    for _ in range(nested):
        value = [value]
    assert not are_numbers_held(value).allowed


@pytest.mark.parametrize("value", [*TOO_LARGE, pytest.param(ENDLESS, id="5000 digits")])
@pytest.mark.parametrize("nest", [lambda v: v, lambda v: {"of": "b1.t0", "at": v}], ids=["value", "place"])
def test_a_decision_names_the_number(value: float, nest: Any) -> None:  # noqa: ANN401  # a wrapper
    """Where it stands is said; it is never rounded to another number that would do."""
    with pytest.raises(Refused, match=r"plan\.branches\.0\.tasks\.0\.arguments\.limit.*number"):
        read_decision(edit(nest(value)))


@pytest.mark.parametrize("value", [MOST, LEAST, 0, True, 1.5, 1e300])
def test_a_number_that_fits_stays_as_it_is(value: float) -> None:
    """The largest and the least are taken, with their own type."""
    decision = read_decision(edit(value))
    assert isinstance(decision, Edit)
    assert decision.plan is not None
    written = decision.plan.branches[0].tasks[0].arguments["limit"]
    assert (type(written), written) == (type(value), value)


async def test_a_run_waits_on_after_such_an_edit(tmp_path: Path) -> None:
    """Nothing was stored: the plan waits as before, and is approved."""
    async with small_app(tmp_path, Pages({"Breakers": "A breaker closes."})) as app:
        await events(app.run("breaker?", ASK, run_id="r1"))
        waits = await app.pending("r1")
        for value in (*TOO_LARGE, ENDLESS):
            with pytest.raises(Refused):
                await events(app.resume("r1", edit(value)))
        assert await app.pending("r1") == waits
        assert report(await events(app.resume("r1", {"decision": "approve"})))["status"] == "answered"


@pytest.mark.parametrize("number", ["1" + "0" * 30, "-1" + "0" * 30, "1e999", "NaN", "Infinity", "1" * 5000])
async def test_the_api_answers_in_words(tmp_path: Path, number: str) -> None:
    """It is 422 or 400 with a line, never 500, and the run goes on waiting."""
    async with house(tmp_path, Pages({"Breakers": "A breaker closes."})) as opened:
        run_id = await opened.started(approve="ask")
        await opened.ended(run_id)
        ann, path = opened.caller("ann"), f"/api/runs/{run_id}"
        body = json.dumps(edit("HERE")).replace('"HERE"', number)
        reply = await ann.post(f"{path}/decision", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code in {400, 422}
        assert reply.json()["detail"]
        assert (await ann.post(f"{path}/decision", json={"decision": "approve"})).status_code == 202


@pytest.mark.parametrize("value", [10**30, [1, {"a": 10**30}], "[1, 1000000000000000000000]"])
def test_arguments_of_an_mcp_tool_are_bounded(value: object) -> None:
    """A number inside a text of JSON counts as well."""
    model = arguments_model("t", {"type": "object", "properties": {"a": {"type": ["array", "number"]}}})
    with pytest.raises(ValidationError, match="number is too large"):
        model.model_validate({"a": value})


def test_an_answer_of_an_mcp_tool_is_text_or_dropped() -> None:
    """A large number is written out; one of thousands of digits, which Python does not write, is dropped."""
    large = source_of_answer(
        CallToolResult(content=[], structuredContent={"n": 10**30}), location="l", title="t", now=0.0
    )
    assert str(10**30) in large.snapshots[0].text.reveal()
    with pytest.raises(Unusable, match="cannot be written as text"):
        source_of_answer(
            CallToolResult(content=[], structuredContent={"n": 10**5000}), location="l", title="t", now=0.0
        )


@pytest.mark.parametrize("digits", [30, 5_000, 500_000])
@pytest.mark.parametrize(
    "name",
    ["ATTEST_BUDGET_USD", "ATTEST_CALLS_AT_ONCE", "ATTEST_RUN_CALLS_AT_ONCE", "ATTEST_MODEL_CACHE_SECONDS"],
)
def test_a_setting_is_bounded(name: str, digits: int) -> None:
    """However many digits somebody writes, the setting is named, and what it may be."""
    with pytest.raises(Misconfigured, match=f"^{name} is "):
        Settings.from_environment({name: "9" * digits})


def test_prices_of_models_are_bounded() -> None:
    """A price no ledger could add up is a mistake."""
    with pytest.raises(Misconfigured, match="ATTEST_MODEL_PRICES"):
        own_prices('{"m": {"prompt": 1' + "0" * 30 + ', "answer": 0}}')


@pytest.mark.parametrize(
    "written",
    [
        "1e999999999",
        "1e-999999999",
        pytest.param("9" * 100_000, id="100000 digits"),
        "0e99999999999999999999",
        "nan",
        "inf",
    ],
)
def test_an_amount_is_read_or_refused(written: str) -> None:
    """Nothing that can be written as dollars is more than an error in words."""
    with suppress(Misconfigured):
        assert 0 <= micros(written, "--budget") <= 10**12


@pytest.mark.parametrize("knob", ["budget", "priority", "deadline"])
@pytest.mark.parametrize("value", TOO_LARGE)
def test_options_are_bounded(knob: str, value: float) -> None:
    """No knob of a run takes a number that cannot be kept."""
    with pytest.raises(AttestError):
        read_options({knob: value}, Options())
