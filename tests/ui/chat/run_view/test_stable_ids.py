"""Ids of what is shown of a run."""

from __future__ import annotations

from uuid import UUID

from ui.chat.run_view.stable_ids import card_id, part_id, question_token


def test_a_part_has_the_same_id_in_every_tab_and_release() -> None:
    """Stored conversations hold these ids: another id would show the part a second time."""
    assert part_id("r", "root") == "035b6208-5c97-5beb-b6e2-85cb6778a524"
    assert UUID(part_id("r", "line", "b1"))


def test_parts_of_different_runs_and_names_differ() -> None:
    """Nothing replaces a part of another run, or another part of the same."""
    ids = {part_id(run, *names) for run in ("r", "s") for names in (("a",), ("b",), ("a", "b"))}
    assert len(ids) == 6


def test_a_card_is_named_by_its_question() -> None:
    """The same question has the same card, in whatever order its fields come."""
    one, same, other = {"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 1, "b": 3}
    assert question_token(one) == question_token(same)
    assert card_id("r", one) == card_id("r", same) == part_id("r", f"card {question_token(one)}")
    assert card_id("r", one) != card_id("r", other)
