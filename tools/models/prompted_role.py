"""What a role sends to a model, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from pydantic import BaseModel

from graph.records import Run

T = TypeVar("T", bound=BaseModel)


class ModelRole(StrEnum):
    """Name the roles that a model may fill."""

    PLANNER = "planner"
    READER = "reader"
    JUDGE = "judge"
    WRITER = "writer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """Hold one request to a model, ready to be sent.

    `prompt` names the prompt and its content, as `reader@1f3a…`; `system` is the same for every call of that
    prompt, so that a provider can keep it, and `user` is what differs. `taint` names the sources whose words
    it holds, `private` says that some are a person's own. It shows so many `claims`, for so many `parts` of
    the question. An answer has at most `most_tokens`.
    """

    role: ModelRole
    prompt: str
    system: str
    user: str
    taint: tuple[str, ...] = ()
    private: bool = False
    claims: int = 0
    parts: int = 1
    most_tokens: int = 2_048
    streamed: bool = False


class ModelGateway(Protocol):
    """Ask models, tier by tier."""

    async def ask(self, run: Run, prompted: ModelRequest, shape: type[T]) -> T | None:
        """Return the answer of the first tier that gives one; None when no model does: then do without."""
