"""Find the run a person means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.errors import Misconfigured
from guards.visible_text import one_line

if TYPE_CHECKING:
    from graph.history import RunRow

MOST = 3


def find_run(rows: Sequence[RunRow], name: str) -> RunRow:
    """Return the run of that id or unique beginning; raise Misconfigured, naming near ones."""
    exact = [row for row in rows if row.id == name]
    begins = exact or [row for row in rows if name and row.id.startswith(name)]
    if len(begins) == 1:
        return begins[0]
    shown = one_line(name)
    if begins:
        raise Misconfigured(f"{len(begins)} runs begin with {shown!r}: write one of {_listed(begins)}")
    near = _near(rows, name)
    hint = f"did you mean {_listed(near)}?" if near else "see attest runs"
    raise Misconfigured(f"there is no run {shown!r}: {hint}")


def _listed(rows: Sequence[RunRow]) -> str:
    names = ", ".join(row.id for row in rows[:MOST])
    return names if len(rows) <= MOST else f"{names}, …"


def _near(rows: Sequence[RunRow], name: str) -> list[RunRow]:
    from difflib import get_close_matches  # noqa: PLC0415  # only for a mistake

    by_id = {row.id: row for row in rows}
    return [by_id[near] for near in get_close_matches(name, by_id, n=MOST, cutoff=0.5)]
