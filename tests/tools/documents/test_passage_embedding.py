from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph.errors import Exhausted, Misconfigured
from graph.events import Event, Indexing
from graph.records import Result, Run, Unknown
from graph.stores.db.database import Database
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.index.stored_vectors import StoredVectors
from tests.fakes.hashing_embedder import HashingEmbedder
from tests.graph.stores.index.library import database, run
from tools.documents.collection import collection
from tools.documents.passage_embedding import WORDS_ALONE, PassageEmbedding, vectors_name
from tools.documents.refresh import NoArguments, Refresh
from tools.lexicon.terms import terms


class Shelf:
    """Hold a folder of documents, the tool that reads it, and an embedder."""

    def __init__(self, stored: Database, folder: Path, embedder: HashingEmbedder) -> None:
        self.folder, self.embedder, self.events = folder, embedder, list[Event]()
        self.vectors, evidence = StoredVectors(stored), StoredEvidence(stored)
        self.tool = Refresh(
            evidence=evidence,
            index=StoredIndex(stored, terms),
            clock=lambda: 1.0,
            embedding=PassageEmbedding(embedder, vectors=self.vectors, evidence=evidence),
        )

    @property
    def run(self) -> Run:
        return run(str(self.folder))

    async def refresh(self) -> Result:
        return await self.tool.run(NoArguments(), self.run, self.events.append)

    async def counts(self) -> tuple[int, int]:
        name = await vectors_name(self.embedder)
        return await self.vectors.counts(collection([str(self.folder)]), name)


@asynccontextmanager
async def shelf(folder: Path, embedder: HashingEmbedder, documents: int = 10) -> AsyncIterator[Shelf]:
    (docs := folder / "docs").mkdir()
    for at in range(documents):
        (docs / f"{at}.md").write_text(f"# Lamp {at}\n\nThe lamp of room {at} burns.")
    async with database(folder) as stored:
        yield Shelf(stored, docs, embedder)


def failing_after(batches: int, error: Exception) -> HashingEmbedder:
    """Return an embedder that fails once it made so many batches."""
    made: list[int] = []

    def before(_: Sequence[str]) -> None:
        if len(made) == batches:
            raise error
        made.append(1)

    return HashingEmbedder(before=before)


async def test_every_passage_gets_a_vector_once(tmp_path: Path) -> None:
    """Title, headings and text are embedded, with progress; a second run embeds only what changed."""
    async with shelf(tmp_path, HashingEmbedder()) as desk:
        assert (await desk.refresh()).skipped == ()
        assert await desk.counts() == (10, 10)
        assert len(desk.embedder.embedded) == 10
        assert any("Lamp 3" in text and "room 3 burns" in text for text in desk.embedder.embedded)
        told = [event for event in desk.events if isinstance(event, Indexing) and "meaning" in event.part]
        assert [(event.done, event.total) for event in told] == [(0, 10), (4, 10), (8, 10)]
        await desk.refresh()
        (desk.folder / "3.md").write_text("# Lamp 3\n\nThe lamp of room 3 is out.")
        await desk.refresh()
        assert len(desk.embedder.embedded) == 11
        assert "is out" in desk.embedder.embedded[-1]


async def test_another_model_embeds_everything_anew(tmp_path: Path) -> None:
    """Vectors of another fingerprint are as good as none."""
    async with shelf(tmp_path, HashingEmbedder()) as desk:
        await desk.refresh()
        desk.embedder.model = "hashing-2"
        await desk.refresh()
        assert len(desk.embedder.embedded) == 20
        assert await desk.counts() == (10, 10)


async def test_what_an_exhausted_budget_leaves_out_is_named_and_made_later(tmp_path: Path) -> None:
    """The run goes on by words, keeps what was made, and the next one embeds the rest."""
    async with shelf(tmp_path, failing_after(2, Exhausted("the budget is used up"))) as desk:
        detail = "2 of 10 passages are searched by their words alone: the budget is used up"
        assert (await desk.refresh()).skipped == (Unknown(kind=WORDS_ALONE, detail=detail),)
        assert await desk.counts() == (8, 10)
        desk.embedder.before = lambda _: None
        assert (await desk.refresh()).skipped == ()
        assert len(desk.embedder.embedded) == 10


async def test_an_embedder_that_must_be_mended_ends_the_run(tmp_path: Path) -> None:
    """The operator asked for it, so its fault is not hidden."""
    async with shelf(tmp_path, failing_after(0, Misconfigured("no model"))) as desk:
        with pytest.raises(Misconfigured, match="no model"):
            await desk.refresh()


async def test_a_cancelled_run_keeps_the_batches_it_made(tmp_path: Path) -> None:
    """Nothing of them is made again."""
    async with shelf(tmp_path, HashingEmbedder()) as desk:
        refreshing: list[asyncio.Task[Result]] = []

        def stop(_: Sequence[str]) -> None:
            if len(desk.embedder.embedded) == 4:
                refreshing[0].cancel()

        desk.embedder.before = stop
        refreshing.append(asyncio.create_task(desk.refresh()))
        with pytest.raises(asyncio.CancelledError):
            await refreshing[0]
        desk.embedder.before = lambda _: None
        del desk.embedder.embedded[:]
        await desk.refresh()
        assert len(desk.embedder.embedded) in {2, 6}  # the batch under way may still have been written
        assert await desk.counts() == (10, 10)


async def test_two_runs_at_once_embed_a_passage_once(tmp_path: Path) -> None:
    """The second waits for the first, and finds the work done."""
    async with shelf(tmp_path, HashingEmbedder()) as desk:
        await asyncio.gather(desk.refresh(), desk.refresh())
        assert len(desk.embedder.embedded) == 10
