from __future__ import annotations

from dataclasses import dataclass

from graph.immutable import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Frozen):
    names: tuple[str, ...]
    count: int = 0


def test_a_list_becomes_the_tuple_that_was_stored() -> None:
    """Msgpack gives lists back; a record that holds one again is equal to the original, and has a hash."""
    stored = Kept(names=["a", "b"])  # type: ignore[arg-type]  # as msgpack reads it
    assert stored == Kept(names=("a", "b"))
    assert hash(stored) == hash(Kept(names=("a", "b")))
