from __future__ import annotations

import dataclasses
import enum
import inspect
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import records
from graph.serde import STORED, serializer
from graph.state import ResearchState

NOT_STORED = {
    "Citation",
    "Cost",
    "Decision",
    "Excerpt",
    "Lead",
    "Result",
    "RunRow",
    "Snapshot",
    "Source",
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
