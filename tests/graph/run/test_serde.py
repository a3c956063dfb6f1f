from __future__ import annotations

import dataclasses
import enum
import inspect
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from graph import records
from graph.options import Options
from graph.run.serde import STORED, serializer
from graph.state import ResearchState
from tests.fakes.app import events, small_app
from tests.fakes.tools import Pages

NOT_STORED = {
    "Citation",
    "Decision",
    "Result",
    "RunRow",
    "Snapshot",
    "Status",
}


st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False))


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.__name__)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_a_checkpoint_holds_comes_back_equal(stored: type[Any], data: st.DataObject) -> None:
    """Every stored type survives the serializer with its own type, tuples and nested values."""
    value = data.draw(st.from_type(stored))
    returned = serializer().loads_typed(serializer().dumps_typed(value))
    assert type(returned) is stored
    assert returned == value


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.__name__)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_the_stock_serializer_reads_what_ours_wrote(stored: type[Any], data: st.DataObject) -> None:
    """LangGraph's own serializer brings every stored type back equal, left-out defaults included."""
    value = data.draw(st.from_type(stored))
    stock = JsonPlusSerializer(allowed_msgpack_modules=STORED)
    assert stock.loads_typed(serializer().dumps_typed(value)) == value
    assert serializer().loads_typed(stock.dumps_typed(value)) == value


def test_a_field_that_holds_its_default_takes_no_bytes() -> None:
    """What the constructor restores is not written; what differs from it is."""
    plain = records.Verdict(claim="c", label=records.Label.SUPPORTED, confidence=0.5)
    _, short = serializer().dumps_typed(plain)
    _, long = serializer().dumps_typed(dataclasses.replace(plain, against=("d",)))
    assert b"against" not in short
    assert b"sources" not in short
    assert b"against" in long


async def test_the_stock_saver_reads_the_checkpoints_of_a_run(tmp_path: Path) -> None:
    """AsyncSqliteSaver with its own serializer finds every value of a finished run as the product does."""
    async with small_app(tmp_path, Pages({"Breakers": "A breaker closes.\nFor its keys see Marlin."})) as app:
        await events(app.run("breaker?", Options(), run_id="r1"))
        ours = await app.graph.aget_state({"configurable": {"thread_id": "r1"}})
    async with AsyncSqliteSaver.from_conn_string(str(tmp_path / "attest.db")) as stock:
        stock.serde = JsonPlusSerializer(allowed_msgpack_modules=STORED)
        found = await stock.aget_tuple({"configurable": {"thread_id": "r1"}})
    assert found is not None
    written = {name: value for name, value in ours.values.items() if value != ()}  # nothing was ever added
    assert found.checkpoint["channel_values"].items() >= written.items()


def test_every_record_is_stored_or_named_as_never_stored() -> None:
    """A new record cannot reach a checkpoint without a decision about its storage."""
    made = {
        name
        for name, item in inspect.getmembers(records, inspect.isclass)
        if item.__module__ == records.__name__
        and (dataclasses.is_dataclass(item) or issubclass(item, enum.Enum))
    }
    assert made - NOT_STORED == {t.__name__ for t in STORED if t.__module__ == records.__name__}


def test_the_state_holds_no_text_of_evidence() -> None:
    """No channel of the state is typed to hold excerpts, snapshots or texts."""
    annotations = " ".join(str(f.type) for f in dataclasses.fields(ResearchState))
    assert not any(name in annotations for name in ("Excerpt", "Snapshot", "Untrusted", "Source"))
