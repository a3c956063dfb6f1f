"""What an operator looks at."""

from __future__ import annotations

from graph.caps import By, Spent
from graph.history import RunRow
from graph.options import Options
from graph.records import Status
from ui.chat.admin.table_layout import approvals, costs, status

NOW = 1_764_000_000.0


def run(name: str, stands: Status, updated: float = NOW) -> RunRow:
    return RunRow(
        id=name,
        question="Why?\u202e",
        options=Options(user="ann"),
        status=stands,
        created=NOW,
        updated=updated,
    )


def test_runs_under_way_come_first() -> None:
    """What works now is seen first, and is told apart from what only says so."""
    made = status([run("old", Status.RUNNING), run("new", Status.RUNNING)], {"new"}, NOW)
    assert [(row[0], row[2]) for row in made.rows] == [("new", "under way here"), ("old", "running")]


def test_who_waits_longest_comes_first() -> None:
    """Only runs that wait are listed, with the minutes they waited."""
    rows = [
        run("b", Status.WAITING, NOW - 60),
        run("a", Status.WAITING, NOW - 600),
        run("c", Status.ANSWERED),
    ]
    assert [(row[0], row[3]) for row in approvals(rows, NOW).rows] == [("a", "10"), ("b", "1")]


def test_costs_are_shown_by_each_subject() -> None:
    """One table says who and what spent, in dollars."""
    spent = Spent(subject="ann", calls=2, settled=5000, reserved=100)
    (row,) = costs({By.USER: [spent]}, NOW).rows
    assert row == ("user", "ann", "2", "$0.005", "$0.0001")


def test_a_cell_cannot_hide_anything() -> None:
    """Names and questions are chosen by others: what acts in them is replaced."""
    rows = status([run("r", Status.ANSWERED)], set(), NOW).props()["rows"]
    assert "\u202e" not in rows[0][5]
