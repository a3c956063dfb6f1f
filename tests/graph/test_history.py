"""What is kept of runs."""

from __future__ import annotations

from graph.history import new_run_id


def test_an_id_sorts_by_time_and_does_not_repeat() -> None:
    """Later runs come last in a sorted list, and two of the same second differ."""
    first, second, later = new_run_id(0.0), new_run_id(0.0), new_run_id(1.0)
    assert first.startswith("19700101-000000-")
    assert first != second
    assert max(first, second) < later
