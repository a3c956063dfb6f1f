"""Hold small documents in stores of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.options import Options
from graph.ports import IndexedDocument
from graph.records import Run, Snapshot, Source, Span, source_id
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.untrusted import Untrusted
from tests.fakes.databases import Engine, location
from tools.documents.passages import split


@asynccontextmanager
async def database(folder: Path, engine: Engine = "sqlite") -> AsyncIterator[Database]:
    """Yield a database with the tables of evidence and index."""
    with location(engine, folder) as place:
        made = Database(place, migrations=MIGRATIONS)
        try:
            yield made
        finally:
            await made.close()


def entry(
    location: str, text: str, title: str = "", fingerprint: str = "1", language: str | None = None
) -> IndexedDocument:
    """Return an entry as the reader of documents makes it."""
    kept = snapshot(text, location, title, language)
    return IndexedDocument(
        source=kept.source,
        fingerprint=fingerprint,
        text=kept.text,
        passages=tuple(Span(source=kept.source.id, start=start, end=end) for start, end in split(text)),
    )


def snapshot(text: str, location: str = "a.md", title: str = "A", language: str | None = None) -> Snapshot:
    """Return a snapshot of a text."""
    source = Source(
        id=source_id(text),
        title=Untrusted(title),
        location=location,
        published=None,
        retrieved_at="2026-01-01T00:00:00+00:00",
        language=language,
    )
    return Snapshot(source=source, text=Untrusted(text))


def run(*docs: str) -> Run:
    """Return a run over some documents."""
    return Run(id="r", question="", options=Options(docs=docs), started=0.0)
