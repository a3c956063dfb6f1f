"""Read a stored conversation: the runs it holds, and the next step for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graph.history import RunRow
from graph.records import Status


@dataclass(slots=True, kw_only=True)
class StoredThread:
    """Hold what a stored conversation shows.

    `runs` are in order, `ended` are those shown to their end. `created` and `parents` describe its steps by
    id. `cards` are the ids of the elements with a question that nobody answered yet.
    """

    runs: list[str] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    created: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    cards: set[str] = field(default_factory=set)


class NextStep(StrEnum):
    """Name what to do about a run when its conversation is opened again."""

    NOTHING = "nothing"
    FOLLOW = "follow"
    """It is under way in this process."""
    RESUME = "resume"
    """It was killed: no process works on it."""
    ASK = "ask"
    """It waits for a person."""
    PRESENT = "present"
    """It ended while no page showed it."""


def read_thread(
    steps: Iterable[Mapping[str, Any]], elements: Iterable[Mapping[str, Any]] = ()
) -> StoredThread:
    """Return what the stored steps and elements of a conversation say about its runs."""
    thread = StoredThread(cards={str(each["id"]) for each in elements if _is_open(each)})
    for step in steps:
        thread.created[str(step["id"])] = str(step.get("createdAt") or "")
        thread.parents[str(step["id"])] = step.get("parentId")
        metadata = _metadata(step.get("metadata"))
        run = metadata.get("run")
        if isinstance(run, str) and run not in thread.runs:
            thread.runs.append(run)
        if isinstance(run, str) and metadata.get("ended"):
            thread.ended.add(run)
    return thread


def next_step(row: RunRow | None, person: str, *, under_way: bool, shown: bool) -> NextStep:
    """Return what to do about a run for the person who opens its conversation.

    `person` is the id of the account, `shown` says that the conversation shows the report.
    """
    if row is None or row.options.user != person:
        return NextStep.NOTHING
    if under_way:
        return NextStep.FOLLOW
    if row.status is Status.RUNNING:
        return NextStep.RESUME
    if row.status is Status.WAITING:
        return NextStep.ASK
    return NextStep.NOTHING if shown else NextStep.PRESENT


def _is_open(element: Mapping[str, Any]) -> bool:
    props = _metadata(element.get("props"))
    return bool(props) and not props.get("said")


def _metadata(value: object) -> Mapping[str, Any]:
    """Return metadata, which some data layers return as text."""
    if isinstance(value, str):
        value = json.loads(value or "{}")
    return value if isinstance(value, Mapping) else {}
