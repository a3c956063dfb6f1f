"""Bring the index up to date with the folders of a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import aclosing, asynccontextmanager
from functools import partial
from itertools import islice
from typing import ClassVar

from pydantic import BaseModel

from graph.errors import Misconfigured
from graph.events import Announce, Indexing
from graph.ports import Evidence, Index
from graph.records import Clock, Result, Run, Unknown
from graph.tool import ToolSpec, Trust
from guards.answer_status import NO_DOCUMENTS
from tools.documents.collection import collection
from tools.documents.document_reader import DocumentReader, DocumentReading
from tools.documents.folder import File, Listing, listing, unreadable, unsure
from tools.documents.parser import Parser
from tools.documents.passage_embedding import PassageEmbedding
from tools.documents.remark import Remark, remembered
from tools.documents.worker import Said

_EMPTY = "the folders of this run hold no document that can be read"
_BATCH_FILES = 64
_BATCH_BYTES = 16 * 1024 * 1024


class NoArguments(BaseModel, frozen=True, extra="forbid"):
    """Take nothing: the folders are those of the run."""


class Refresh:
    """Read what changed in the folders of a run since they were last read, and forget what is gone.

    Safe to use from several event loops, and for one collection by several runs at once.
    """

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="documents.refresh",
        version="1",
        purpose="read the documents that changed since the last run",
        arguments=NoArguments,
        timeout=3600.0,
        patience=3600.0,
        attempts=1,
        trust=Trust.OPERATOR,
        essential=True,
    )

    def __init__(
        self,
        *,
        evidence: Evidence,
        index: Index,
        clock: Clock,
        parser: Parser | None = None,
        embedding: PassageEmbedding | None = None,
    ) -> None:
        self._evidence = evidence
        self._index = index
        self._parser = parser or Parser()
        self._reader = DocumentReader(parser=self._parser, clock=clock)
        self._embedding = embedding
        self._turns: dict[str, Future[None]] = {}

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # it takes none
        """Index what changed and name what cannot be read; raises Misconfigured for a missing root."""
        roots = run.options.docs
        if not roots:
            raise Misconfigured("no documents are named: name a folder or file with --docs or ATTEST_DOCS")
        name = collection(roots)
        # Asked before looking: what another run adds meanwhile is unknown here, and so not taken for gone.
        known = await self._index.fingerprints(name)
        found = await asyncio.to_thread(listing, roots)
        gone = {location: look for location, look in known.items() if location not in found.files}
        remarks, changed = _compare(found, known)
        read = 0
        if changed or gone:
            async with self._turn(name):
                await self._forget(name, gone)
                remarks, changed = _compare(found, await self._index.fingerprints(name))
                remarks |= await self._bring_in(name, changed, announce)
                read = len(changed)
        gaps = await self._embedded(run, name, announce)
        return _result(found, remarks, read, gaps)

    async def _embedded(self, run: Run, name: str, announce: Announce) -> tuple[Unknown, ...]:
        """Make the vectors that passages lack, also those that an earlier run did not come to."""
        if self._embedding is None or await self._embedding.is_complete(name):
            return ()
        async with self._turn(name):
            return await self._embedding.complete(run, name, announce)

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[None]:
        """Let one run at a time read a collection; those behind it find the work done."""
        mine: Future[None] = Future()
        mine.set_running_or_notify_cancel()  # else a waiter that is cancelled would cancel it for all
        while (ahead := self._turns.setdefault(name, mine)) is not mine:
            await asyncio.wrap_future(ahead)
        try:
            yield
        finally:
            del self._turns[name]
            mine.set_result(None)

    async def _forget(self, name: str, gone: Mapping[str, str]) -> None:
        """Remove the documents whose files are gone, unless they came back in the meantime."""
        latest = await self._index.fingerprints(name) if gone else {}
        if removed := [location for location, look in gone.items() if latest.get(location) == look]:
            await self._index.update(name, (), removed)

    async def _bring_in(self, name: str, files: Sequence[File], announce: Announce) -> dict[str, Remark]:
        """Read files and index them, a batch at a time; return what is to be said of each."""
        remarks: dict[str, Remark] = {}
        loop = asyncio.get_running_loop()

        def said(part: str) -> None:
            event = Indexing(done=len(remarks), total=len(files), part=part)
            loop.call_soon_threadsafe(announce, event)

        async with aclosing(self._read(files, said)) as batches:
            async for readings in batches:
                await self._keep(name, readings)
                remarks |= {reading.file.location: reading.remark for reading in readings}
                announce(Indexing(done=len(remarks), total=len(files)))
        return remarks

    async def _keep(self, name: str, readings: Sequence[DocumentReading]) -> None:
        await self._evidence.keep([reading.snapshot for reading in readings if reading.snapshot])
        entries = [reading.entry for reading in readings if reading.entry]
        lost = [reading.file.location for reading in readings if not reading.entry]
        await self._index.update(name, entries, lost)

    async def _read(self, files: Sequence[File], said: Said) -> AsyncGenerator[list[DocumentReading], None]:
        """Read several files at once and yield them in groups small enough to be held in memory together.

        One thread of the parser is left to others, so that slow files here do not hold them up.
        """
        left, open_ = iter(files), set[asyncio.Task[DocumentReading]]()
        batch: list[DocumentReading] = []
        try:
            while open_ := open_ | self._begun(
                islice(left, max(1, self._parser.children - 1) - len(open_)), said
            ):
                done, open_ = await asyncio.wait(open_, return_when=asyncio.FIRST_COMPLETED)
                batch += [task.result() for task in done]
                if _is_full(batch):
                    yield _in_order(batch)
                    batch = []
        finally:
            for task in open_:
                task.cancel()
        if batch:
            yield _in_order(batch)

    def _begun(self, files: Iterable[File], said: Said) -> set[asyncio.Task[DocumentReading]]:
        reads = [self._parser.aside(partial(self._reader.read, file, said)) for file in files]
        return set(map(asyncio.create_task, reads))


def _compare(found: Listing, known: Mapping[str, str]) -> tuple[dict[str, Remark], list[File]]:
    """Part the files that look as they did, with what is remembered of them, from those that must be read."""
    remarks: dict[str, Remark] = {}
    changed: list[File] = []
    for file in found.files.values():
        if (remark := remembered(file.fingerprint, known.get(file.location))) is None:
            changed.append(file)
        else:
            remarks[file.location] = remark
    return remarks, changed


def _is_full(batch: Sequence[DocumentReading]) -> bool:
    return len(batch) >= _BATCH_FILES or sum(reading.file.size for reading in batch) > _BATCH_BYTES


def _in_order(batch: Sequence[DocumentReading]) -> list[DocumentReading]:
    """Return readings by name: which came first must not decide which of two equal passages is found."""
    return sorted(batch, key=lambda reading: reading.file.location)


def _result(found: Listing, remarks: Mapping[str, Remark], read: int, gaps: tuple[Unknown, ...]) -> Result:
    """Count the documents, and name each that could not be read, or not whole."""
    said = [unreadable(location, remark.reason) for location, remark in remarks.items() if remark.reason]
    said += [unsure(location, remark.unsure) for location, remark in remarks.items() if remark.unsure]
    broken = sum(remark.broken for remark in remarks.values())
    documents, skipped = len(remarks) - broken, len(found.skipped) + broken
    empty = () if documents else (Unknown(kind=NO_DOCUMENTS, detail=_EMPTY),)
    return Result(
        skipped=(*empty, *gaps, *sorted((*found.skipped, *said), key=lambda unknown: unknown.detail)),
        detail=f"{documents} document{'s' * (documents != 1)}, {read} read again, {skipped} skipped",
    )
