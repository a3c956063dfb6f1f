"""Read a stored conversation: which runs it holds, and what to do about each when a person comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graph.history import RunRow
from graph.records import Status


@dataclass(slots=True, kw_only=True)
class Kept:
    """Hold what a stored conversation shows: its runs in order, those shown to their end, its parts.

    `cards` are the ids of the elements on which a question stands that nobody answered yet.
    """

    runs: list[str] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    made: dict[str, str] = field(default_factory=dict)
    below: dict[str, str | None] = field(default_factory=dict)
    cards: set[str] = field(default_factory=set)


class Next(StrEnum):
    """Name what comes next for a run of a conversation that is opened again."""

    NOTHING = "nothing"
    FOLLOW = "follow"
    """It is under way in this process."""
    GO_ON = "go on"
    """It was killed: nobody works on it."""
    ASK = "ask"
    """It waits for a person."""
    PRESENT = "present"
    """It ended while nobody looked."""


def read(steps: Iterable[Mapping[str, Any]], elements: Iterable[Mapping[str, Any]] = ()) -> Kept:
    """Return what the stored steps and elements of a conversation tell about its runs."""
    kept = Kept(cards={str(each["id"]) for each in elements if _is_open(each)})
    for step in steps:
        kept.made[str(step["id"])] = str(step.get("createdAt") or "")
        kept.below[str(step["id"])] = step.get("parentId")
        metadata = _metadata(step.get("metadata"))
        run = metadata.get("run")
        if isinstance(run, str) and run not in kept.runs:
            kept.runs.append(run)
        if isinstance(run, str) and metadata.get("ended"):
            kept.ended.add(run)
    return kept


def next_of(row: RunRow | None, asker: str, *, under_way: bool, shown: bool) -> Next:
    """Say what to do about a run for whoever opens its conversation; `shown`: its report stands there."""
    if row is None or row.options.user != asker:
        return Next.NOTHING
    if under_way:
        return Next.FOLLOW
    if row.status is Status.RUNNING:
        return Next.GO_ON
    if row.status is Status.WAITING:
        return Next.ASK
    return Next.NOTHING if shown else Next.PRESENT


def _is_open(element: Mapping[str, Any]) -> bool:
    props = _metadata(element.get("props"))
    return bool(props) and not props.get("said")


def _metadata(value: object) -> Mapping[str, Any]:
    """Return metadata, which some data layers give back as text."""
    if isinstance(value, str):
        value = json.loads(value or "{}")
    return value if isinstance(value, Mapping) else {}
