"""Play models that answer from a script, and keep what they were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from graph.options import Mode, Options
from graph.reading import Excerpt
from graph.records import Run, Snapshot, Source, Span, source_id
from graph.untrusted import Untrusted
from tests.tools.models.extractive.made import RUN, excerpt
from tools.models.prompted_role import ModelRequest

T = TypeVar("T", bound=BaseModel)

COMPOUND = "What is a bulkhead? Who owns Knot?"


class Scripted:
    """Give one answer after the other; None where the script is at its end, as when no model answers."""

    def __init__(self, *answers: Mapping[str, Any] | None) -> None:
        self._answers = list(answers)
        self.asked: list[ModelRequest] = []

    async def ask(self, run: Run, prompted: ModelRequest, shape: type[T]) -> T | None:
        """Return the next answer in its shape."""
        self.asked.append(prompted)
        answer = self._answers.pop(0) if self._answers else None
        return None if answer is None else shape.model_validate(answer)


class Library:
    """Keep a few texts."""

    def __init__(self, texts: Sequence[str], *, location: str = "https://a.example/") -> None:
        self._kept = {source_id(text): _snapshot(text, location) for text in texts}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        self._kept |= {snapshot.source.id: snapshot for snapshot in snapshots}

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        return {id_: self._kept[id_].text for id_ in ids if id_ in self._kept}

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        return {id_: self._kept[id_] for id_ in ids if id_ in self._kept}


def _snapshot(text: str, location: str) -> Snapshot:
    source = Source(
        id=source_id(text), title=Untrusted("A title"), location=location, published=None, retrieved_at=""
    )
    return Snapshot(source=source, text=Untrusted(text))


def asked(question: str, mode: Mode = Mode.STANDARD) -> Run:
    """Make a run."""
    return replace(RUN, question=question, options=Options(mode=mode))


def scored(text: str, score: float, *, title: str = "") -> Excerpt:
    """Make an excerpt of a score."""
    made = excerpt(text, title=title)
    return replace(made, passage=replace(made.passage, score=score))


def whole(text: str) -> Span:
    """Return the span of all of a text."""
    return Span(source=source_id(text), start=0, end=len(text))
