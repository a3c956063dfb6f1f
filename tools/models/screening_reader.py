"""Show a reader only sentences that are written for people, whichever engine reads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.ports import Reader
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Unknown
from graph.untrusted import Untrusted
from guards.prompt_injection.prompt_injection import is_for_people
from tools.models.evidence_packing import pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class _Screened:
    """Hold what may be read, and the source of each sentence that was removed."""

    excerpts: tuple[Excerpt, ...]
    refused: tuple[str, ...]


class ScreeningReader:
    """Remove sentences that address the program reading them; no claim and no name comes out of one.

    An excerpt is cut at such a sentence, so that no claim spans it. The report names what was removed.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._refused: dict[tuple[str, str], Unknown] = {}

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names outside of such sentences, best first."""
        screened = await asyncio.to_thread(_screened, question, excerpts)
        return await self._reader.leads(run, question, screened.excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take claims out of the other sentences, best first."""
        screened = await asyncio.to_thread(_screened, question, excerpts)
        if screened.refused:
            self._refused[run.id, root] = _named(screened.refused)
        return await self._reader.read(run, root, question, screened.excerpts)

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what was removed, and what the reader had no room for."""
        refused = self._refused.pop((run.id, root), None)
        return (*((refused,) if refused else ()), *self._reader.left_out(run, root))


def _named(refused: Sequence[str]) -> Unknown:
    sources = ", ".join(source[:12] for source in dict.fromkeys(refused))
    many = "sentences speak" if len(refused) > 1 else "sentence speaks"
    detail = f"{len(refused)} {many} to the program reading it and not to people: not read; in {sources}"
    return Unknown(kind="addressed", detail=detail)


def _screened(question: str, excerpts: Sequence[Excerpt]) -> _Screened:
    kept: list[Excerpt] = []
    refused: dict[tuple[str, int], str] = {}
    for excerpt in excerpts:
        place, parts = excerpt.passage.span, list(_refused(question, excerpt))
        refused |= {(place.source, place.start + start): place.source for start, _ in parts}
        kept += _cut(_for_people(question, excerpt), parts)
    return _Screened(excerpts=tuple(kept), refused=tuple(refused.values()))


def _refused(question: str, excerpt: Excerpt) -> Iterator[tuple[int, int]]:
    text = excerpt.text.reveal()
    page = f"{excerpt.title.reveal()}\n{text}"
    for start, end in pieces(text):
        if not is_for_people(text[start:end], question, page).allowed:
            yield start, end


def _for_people(question: str, excerpt: Excerpt) -> Excerpt:
    """Return an excerpt without the title and the headings of its document that address a program."""
    title, page = excerpt.title.reveal(), excerpt.text.reveal()
    spoken = is_for_people(title, page=page).allowed or title in question
    headings = tuple(each for each in excerpt.headings if is_for_people(each.text.reveal()).allowed)
    return replace(excerpt, title=excerpt.title if spoken else Untrusted(""), headings=headings)


def _cut(excerpt: Excerpt, parts: Sequence[tuple[int, int]]) -> Iterator[Excerpt]:
    """Yield what an excerpt holds before, between and after the parts that are removed."""
    if not parts:
        yield excerpt
        return
    borders = [0, *(place for part in parts for place in part), len(excerpt.text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        span = excerpt.passage.span
        part = excerpt.text.part(start, end)
        if any(map(str.isalnum, part.reveal())):
            here = replace(span, start=span.start + start, end=span.start + end)
            yield replace(excerpt, passage=replace(excerpt.passage, span=here), text=part)
