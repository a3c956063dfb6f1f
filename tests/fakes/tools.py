"""Tools over a handful of texts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel

from graph.errors import Unavailable
from graph.events import Announce
from graph.records import Passage, Result, Run, Snapshot, Source, Span, source_id
from graph.tool import ToolSpec
from graph.untrusted import Untrusted


class Query(BaseModel):
    """Look up a query."""

    query: str


def snapshot(text: str, title: str = "A page", at: str = "memory/") -> Snapshot:
    """Return a text as a snapshot of a page."""
    source = Source(
        id=source_id(text),
        title=Untrusted(title),
        location=f"{at}{title}",
        published=None,
        retrieved_at="2026-01-01T00:00:00+00:00",
    )
    return Snapshot(source=source, text=Untrusted(text))


class Pages:
    """Find the pages that hold a word of the query; count how often each query was really looked up.

    The place of a page is its title, after `at`.
    """

    spec: ClassVar[ToolSpec] = ToolSpec(name="pages", version="1", purpose="find pages", arguments=Query)

    def __init__(self, pages: Mapping[str, str], *, seconds: float = 0.0, at: str = "memory/") -> None:
        self._pages = {title: snapshot(text, title, at) for title, text in pages.items()}
        self._seconds = seconds
        self.made: list[str] = []

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        query = Query.model_validate(arguments).query
        self.made.append(query)
        await asyncio.sleep(self._seconds)
        if "unavailable" in query:
            raise Unavailable("the pages do not answer")
        words = {word.strip(".,").lower() for word in query.split()}
        found = [s for s in self._pages.values() if words & set(s.text.reveal().lower().split())]
        return Result(
            snapshots=tuple(found),
            passages=tuple(
                Passage(span=Span(source=s.source.id, start=0, end=len(s.text)), score=1.0) for s in found
            ),
        )
