"""Make the pages of the load suite: 20 KB of words each, no two alike."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from pydantic import BaseModel

from graph.events import Announce
from graph.records import Passage, Result, Run, Snapshot, Source, Span, source_id
from graph.tool import ToolSpec
from graph.untrusted import Untrusted

BYTES = 20_000
SECONDS = 0.2
EXCERPT = 2_000
_SEED = 20250101
_STARTS = (*"bcdfghklmnprstvw", "ch", "sh", "th", "st")
_VOWELS = (*"aeiou", "ai", "ou", "ea")
_ENDS = ("", "n", "r", "s", "t")
_SYLLABLES = (1, 1, 2, 2, 3, 3, 4)
_VOCABULARY = 4_000


class PageQuery(BaseModel):
    """Look up a page by its name."""

    query: str


@dataclass(frozen=True, slots=True)
class PageTool:
    """Find one page a call, after 200 ms."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="page", version="1", purpose="find a page", arguments=PageQuery, at_once=10_000
    )

    pages: Mapping[str, str]

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002 - a tool takes what its protocol gives
        """Return the page and a passage at its top."""
        text = await look_up(self.pages, PageQuery.model_validate(arguments).query)
        source = Source(
            id=source_id(text),
            title=Untrusted("A page"),
            location="memory/page",
            published=None,
            retrieved_at="2026-01-01T00:00:00+00:00",
        )
        span = Span(source=source.id, start=0, end=EXCERPT)
        kept = Snapshot(source=source, text=Untrusted(text))
        return Result(snapshots=(kept,), passages=(Passage(span=span, score=1.0),))


async def look_up(pages: Mapping[str, str], name: str) -> str:
    """Return a page by name, after 200 ms."""
    await asyncio.sleep(SECONDS)
    return pages[name]


def write_pages(names: Iterable[str]) -> dict[str, str]:
    """Write a page for each name: a first line with it, then words as frequent and as long as English ones.

    They deflate to 0.49 of their size, where English prose of that size deflates to 0.41 to 0.48.
    """
    chance = random.Random(_SEED)  # noqa: S311 - fills pages, guards nothing
    words = _vocabulary(chance)
    weights = list(accumulate(1 / rank for rank in range(2, len(words) + 2)))
    fillers = {name: chance.choices(words, cum_weights=weights, k=BYTES // 3) for name in names}
    return {name: f"Answer to {name}.\n{' '.join(filler)}"[:BYTES] for name, filler in fillers.items()}


def _vocabulary(chance: random.Random) -> list[str]:
    """Make up words, the frequent ones short."""
    made: dict[str, None] = {}
    while len(made) < _VOCABULARY:
        syllables = range(chance.choice(_SYLLABLES))
        stem = "".join(chance.choice(_STARTS) + chance.choice(_VOWELS) for _ in syllables)
        made[stem + chance.choice(_ENDS)] = None
    return sorted(made, key=len)
