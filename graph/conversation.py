"""Hold what is stored of the chat: its people, their threads and their ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""What Chainlit gives of a person, a thread, a step or an element, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Describe who logged in; `created` in seconds since 1970."""

    id: str
    identifier: str
    created: float
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRating:
    """Hold a person's rating of a step: 1 good, 0 bad."""

    id: str
    step: str
    value: int
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadWrite:
    """Hold who writes into a thread, and when.

    `asker` is the identifier of a person, "" for one who did not log in, None for the application itself.
    """

    thread: str
    asker: str | None
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Describe a thread without its steps; times in seconds since 1970."""

    id: str
    asker: str | None
    user: str | None
    created: float
    updated: float
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadQuery:
    """Choose the threads of a person to list: after `cursor`, with these words, with this feedback."""

    user: str
    most: int
    cursor: tuple[float, str] | None = None
    search: str = ""
    feedback: int | None = None
