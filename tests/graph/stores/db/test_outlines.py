from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from graph.options import Options
from graph.outline import DocumentPlace, Outline, Part, PartKind, outline_id, pack
from graph.ports import IndexedDocument
from graph.records import Passage, Run, Snapshot, Span
from graph.report.excerpts import open_passages
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.retrievals import keep
from graph.untrusted import Untrusted
from tests.fakes.databases import ENGINES, Engine, location
from tests.fakes.tools import snapshot

TEXT = "It is 135 metres long."


def told(heading: str, page: int) -> Snapshot:
    """Describe the same text as it stands in one of two documents."""
    place = DocumentPlace(section=(Untrusted(heading),), page=page, sheet=Untrusted("Plan"))
    outline: Outline = (Part(start=0, kind=PartKind.ROW, place=place, lead=Untrusted("x"), lead_at=3),)
    made = snapshot(TEXT, "A title", f"{heading}.md")
    source = replace(made.source, outline=outline_id(pack(outline)))
    return Snapshot(source=source, text=made.text, outline=outline)


def found_by(run: str, made: Snapshot, connection: Connection) -> None:
    """Write down that a run found a text there."""
    keep(connection, run, "call", [made.source])


@pytest.mark.parametrize("engine", ENGINES)
async def test_each_document_keeps_its_own_outline(engine: Engine, tmp_path: Path) -> None:
    """Two documents with one text: each run is told where the text stands in the one that it found."""
    both = [told("Station F", 3), told("Station G", 4)]
    with location(engine, tmp_path) as place:
        database = Database(place, migrations=MIGRATIONS)
        evidence = StoredEvidence(database)
        await evidence.keep(both)
        for each in both:
            name = each.source.location
            await database.write(partial(found_by, name, each))
            passage = Passage(span=Span(source=each.source.id, start=0, end=len(TEXT)), score=1.0)
            run = Run(id=name, question="?", options=Options(), started=0.0)
            (excerpt,) = await open_passages(evidence, run, [passage])
            assert excerpt.outline == each.outline
            assert excerpt.context.reveal() == each.outline[0].place.section[0].reveal()
        await database.close()


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_passage_is_found_by_the_heading_above_it(engine: Engine, tmp_path: Path) -> None:
    """The words of the headings count for the search, and the passage is the same as without them."""
    made = told("Station F", 3)
    span = Span(source=made.source.id, start=0, end=len(TEXT))
    entry = IndexedDocument(
        source=made.source, fingerprint="f", text=made.text, passages=(span,), outline=made.outline
    )
    with location(engine, tmp_path) as place:
        database = Database(place, migrations=MIGRATIONS)
        index = StoredIndex(database, lambda text, _: text.split())
        await index.update("one", [entry], [])
        hits = await index.search("one", ["Station"], 5)
        assert [hit.span for hit in hits.hits] == [span]
        assert hits.sources == (made.source,)
        await database.close()
