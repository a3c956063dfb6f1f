"""Store documents as the product does, in a temporary database, and search them as a run does."""

from __future__ import annotations

import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.options import Options
from graph.ports import Evidence, IndexedDocument
from graph.records import Branch, Crossed, Passage, Run, Snapshot, Source, Span, source_id
from graph.report.excerpts import open_passages
from graph.report.rank_fusion import fuse
from graph.stores import retrievals
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.index.stored_vectors import StoredVectors
from graph.untrusted import Untrusted
from guards.outside_text import cross_lead
from tools.documents.collection import collection
from tools.documents.passage_embedding import PassageEmbedding
from tools.documents.passages import split
from tools.documents.search import Search, SearchArguments
from tools.documents.semantic_search import SemanticSearch
from tools.lexicon.terms import terms
from tools.models.embedding.embedder_factory import SETTING, made_embedder
from tools.models.extractive.leads import find_leads
from tools.models.extractive.planner import ExtractivePlanner

_ROOT = "/evals"
_BATCH = 512
_DEPTH = 50  # passages a search, so that ten documents come out of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Hold a document of a data set."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedDocuments:
    """Search the documents of one data set; `names` are the document names of a source id."""

    database: Database
    evidence: Evidence
    search: Search
    names: Mapping[str, tuple[str, ...]]
    run: Run

    async def ranked(self, query: str) -> list[str]:
        """Return the names of documents by their best passage, best first."""
        return self._documents(await self._passages(query, _DEPTH))

    async def researched(self, question: str) -> list[str]:
        """Return the names of documents as a run's evidence ranks them: searches, follow-ups, fusion."""
        plan = await ExtractivePlanner().plan(replace(self.run, question=question))
        lists = [self._documents(await self._inquire(branch)) for branch in plan.branches]
        return list(dict.fromkeys(name for turn in zip_longest(*lists) for name in turn if name))

    async def _inquire(self, root: Branch) -> tuple[Passage, ...]:
        """Do for one line of inquiry what dispatch, investigate and gather do."""
        first = await self._investigate(root)
        excerpts = await open_passages(self.evidence, self.run, fuse([first]))
        crossed: list[Crossed] = []
        leads = find_leads(str(root.question.value), excerpts)
        names = [name for lead in leads if (name := cross_lead(lead, crossed.append))]
        followed = await ExtractivePlanner().follow(self.run, root, names)
        return fuse([first, *[await self._investigate(branch) for branch in followed]])

    async def _investigate(self, branch: Branch) -> list[Passage]:
        found = [
            await self._passages(str(task.arguments["query"].value), int(task.arguments["limit"].value))
            for task in branch.tasks
        ]
        return [replace(passage, branch=branch.id) for passage in chain.from_iterable(found)]

    async def _passages(self, query: str, limit: int) -> Sequence[Passage]:
        arguments = SearchArguments(query=query, limit=limit)
        found = await self.search.run(arguments, self.run, lambda _: None)
        await self.database.write(
            lambda c: retrievals.keep(c, self.run.id, query, found.sources), patient=True
        )
        return found.passages

    def _documents(self, passages: Iterable[Passage]) -> list[str]:
        return list(dict.fromkeys(name for p in passages for name in self.names[p.span.source]))


@asynccontextmanager
async def searched(documents: Sequence[Document]) -> AsyncIterator[IndexedDocuments]:
    """Store and index documents in a temporary database, and yield their search.

    It knows their meaning too where ATTEST_EMBEDDER names a local model.
    """
    options = Options(docs=(_ROOT,))
    run = Run(id="evals", question="", options=options, started=0.0)
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "attest.db", migrations=MIGRATIONS)
        try:
            evidence, index = StoredEvidence(database), StoredIndex(database, terms)
            names: dict[str, tuple[str, ...]] = {}
            for start in range(0, len(documents), _BATCH):
                batch = documents[start : start + _BATCH]
                entries = [_entry(document) for document in batch]
                await evidence.keep([Snapshot(source=entry.source, text=entry.text) for entry in entries])
                await index.update(collection(options.docs), entries, ())
                for document in batch:
                    source = source_id(document.text)
                    names[source] = (*names.get(source, ()), document.name)
            search = Search(index=index, semantic=await _semantic(database, evidence, run))
            yield IndexedDocuments(database=database, evidence=evidence, search=search, names=names, run=run)
        finally:
            await database.close()


async def _semantic(database: Database, evidence: Evidence, run: Run) -> SemanticSearch | None:
    """Make the vectors of the documents; None where no embedder is named."""
    made = made_embedder(Settings.from_environment(), evidence, time.time)
    if made is None:
        return None
    if made.tool:
        raise Misconfigured(f"this suite asks no provider: set {SETTING} to a local model, or to nothing")
    vectors = StoredVectors(database)
    embedding = PassageEmbedding(made.embedder, vectors=vectors, evidence=evidence)
    await embedding.complete(run, collection(run.options.docs), lambda _: None)
    return SemanticSearch(made.embedder, vectors)


def _entry(document: Document) -> IndexedDocument:
    source = source_id(document.text)
    described = Source(
        id=source,
        title=Untrusted(document.title),
        location=document.name,
        published=None,
        retrieved_at="1970-01-01T00:00:00+00:00",
    )
    return IndexedDocument(
        source=described,
        fingerprint="",
        text=Untrusted(document.text),
        passages=tuple(Span(source=source, start=start, end=end) for start, end in split(document.text)),
    )
