from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.embedder import BarePassage
from graph.outline import DocumentPlace, Part
from graph.ports import IndexedDocument
from graph.records import Snapshot
from graph.stores.db.database import Database
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.index.stored_vectors import StoredVectors
from graph.untrusted import Untrusted
from tests.fakes.databases import Engine
from tests.graph.stores.index.library import database, entry
from tools.lexicon.terms import terms

LAMP, SEA, BOAT = (
    entry("a.md", "The lamp burns.", "Lamps"),
    entry("b.md", "The sea is deep.", "Seas"),
    entry("c.md", "The boat is old.", "Boats"),
)


def vector(*values: int) -> bytes:
    return array("b", values).tobytes()


async def filled(stored: Database, *entries: IndexedDocument) -> StoredVectors:
    await StoredIndex(stored, terms).update("one", entries, [])
    return StoredVectors(stored)


async def all_bare(vectors: StoredVectors, model: str = "m") -> list[BarePassage]:
    return list(await vectors.bare("one", model, 100))


def sources(bare: Sequence[BarePassage]) -> set[str]:
    return {passage.span.source for passage in bare}


async def test_passages_without_a_vector_come_in_turn(engine: Engine, tmp_path: Path) -> None:
    """Each is named once, from behind the last one, until all have a vector of that model."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP, SEA, BOAT)
        first = await vectors.bare("one", "m", 2)
        rest = await vectors.bare("one", "m", 2, first[-1])
        assert (len(first), len(rest)) == (2, 1)
        assert sources([*first, *rest]) == {each.source.id for each in (LAMP, SEA, BOAT)}
        await vectors.keep("one", "m", [(bare, vector(1, 0)) for bare in first])
        assert await vectors.counts("one", "m") == (2, 3)
        assert await all_bare(vectors) == list(rest)
        assert await vectors.bare("none", "m", 2) == []
        assert await vectors.counts("none", "m") == (0, 0)


async def test_a_bare_passage_comes_with_its_title_and_headings(engine: Engine, tmp_path: Path) -> None:
    """They stand above what is embedded."""
    outline = (Part(start=0, place=DocumentPlace(section=(Untrusted("Use"), Untrusted("At night")))),)
    described = replace(LAMP, source=replace(LAMP.source, outline=""), outline=outline)
    async with database(tmp_path, engine) as stored:
        kept = Snapshot(source=described.source, text=described.text, outline=outline)
        await StoredEvidence(stored).keep([kept])
        vectors = await filled(stored, described)
        (bare,) = await all_bare(vectors)
        assert bare.title.reveal() == "Lamps"


async def test_the_nearest_are_found_with_their_cosines(engine: Engine, tmp_path: Path) -> None:
    """Also those of passages that another ranking brought; one without a vector has none."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP, SEA, BOAT)
        by_source = {bare.span.source: bare for bare in await all_bare(vectors)}
        lamp, sea, boat = (by_source[each.source.id] for each in (LAMP, SEA, BOAT))
        await vectors.keep("one", "m", [(lamp, vector(127, 0)), (sea, vector(0, 127))])
        near = await vectors.near("one", "m", vector(9, 1), 1, [sea.span, boat.span])
        assert [hit.span for hit in near.hits] == [lamp.span]
        assert near.hits[0].body == ("lamp", "burn")
        assert [source.location for source in near.sources] == ["a.md"]
        assert near.cosines.keys() == {lamp.span, sea.span}
        assert near.cosines[lamp.span] == pytest.approx(9 / 82**0.5, abs=1e-6)
        assert near.cosines[sea.span] == pytest.approx(1 / 82**0.5, abs=1e-6)
        assert (await vectors.near("none", "m", vector(1, 0), 1, [])).hits == ()
        assert (await vectors.near("one", "other", vector(1, 0), 9, [])).hits == ()


async def test_a_search_sees_what_was_stored_before(engine: Engine, tmp_path: Path) -> None:
    """What an earlier search held in memory is read again once vectors came or went."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP, SEA)
        first, second = await all_bare(vectors)
        await vectors.keep("one", "m", [(first, vector(1, 0))])
        assert len((await vectors.near("one", "m", vector(1, 0), 9, [])).hits) == 1
        await vectors.keep("one", "m", [(second, vector(1, 0))])
        assert len((await vectors.near("one", "m", vector(1, 0), 9, [])).hits) == 2
        await StoredIndex(stored, terms).update("one", [], ["a.md", "b.md"])
        assert (await vectors.near("one", "m", vector(1, 0), 9, [])).hits == ()
