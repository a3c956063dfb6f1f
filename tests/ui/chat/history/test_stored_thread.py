"""Coming back to a conversation."""

from __future__ import annotations

import json

import pytest

from graph.history import RunRow
from graph.options import Options
from graph.records import Status
from ui.chat.history.stored_thread import NextStep, next_step, read_thread


def row(status: Status, user: str = "ann") -> RunRow:
    return RunRow(
        id="r", question="Why?", options=Options(user=user), status=status, created=0.0, updated=0.0
    )


def test_the_runs_of_a_conversation_are_found_in_order() -> None:
    """Metadata names them, whether it comes back as an object, as text or not at all."""
    steps: list[dict[str, object]] = [
        {"id": "1", "createdAt": "a", "metadata": {"run": "r1"}},
        {
            "id": "2",
            "createdAt": "b",
            "parentId": "1",
            "metadata": json.dumps({"run": "r2", "ended": "Complete"}),
        },
        {"id": "3", "metadata": None},
        {"id": "4", "metadata": {"run": "r1"}},
    ]
    kept = read_thread(steps)
    assert kept.runs == ["r1", "r2"]
    assert kept.ended == {"r2"}
    assert (kept.created["2"], kept.parents["2"]) == ("b", "1")


def test_a_card_stands_until_it_was_answered() -> None:
    """Only a stored card that says no answer yet is left as it is; what is no card is none."""
    elements: list[dict[str, object]] = [
        {"id": "open", "props": {"kind": "plan", "said": ""}},
        {"id": "as text", "props": json.dumps({"kind": "call", "said": ""})},
        {"id": "answered", "props": {"kind": "plan", "said": "ann approved"}},
        {"id": "a file"},
    ]
    assert read_thread((), elements).cards == {"open", "as text"}


@pytest.mark.parametrize(
    ("status", "under_way", "shown", "expected"),
    [
        (Status.RUNNING, True, False, NextStep.FOLLOW),
        (Status.RUNNING, False, False, NextStep.RESUME),
        (Status.WAITING, False, False, NextStep.ASK),
        (Status.ANSWERED, False, False, NextStep.PRESENT),
        (Status.PARTLY, False, True, NextStep.NOTHING),
        (Status.REFUSED, False, False, NextStep.PRESENT),
    ],
)
def test_each_run_is_taken_up_as_it_stands(
    status: Status, *, under_way: bool, shown: bool, expected: NextStep
) -> None:
    """A live run is followed, a killed one goes on, a waiting one asks, a finished one is shown once."""
    assert next_step(row(status), "ann", under_way=under_way, shown=shown) is expected


def test_a_run_of_somebody_else_is_left_alone() -> None:
    """A conversation that names another person's run does not open it."""
    assert next_step(row(Status.WAITING, "bob"), "ann", under_way=True, shown=False) is NextStep.NOTHING
    assert next_step(None, "ann", under_way=False, shown=False) is NextStep.NOTHING
