"""Test the evidence store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import Unusable
from graph.records import Source
from graph.stores import retrievals
from graph.stores.db.database import Database
from graph.stores.evidence import StoredEvidence
from tests.fakes.databases import Engine
from tests.graph.stores.index.library import database, snapshot


async def retrieved(stored: Database, run: str, *sources: Source) -> None:
    """Write down that a run came by texts."""
    await stored.write(lambda connection: retrievals.keep(connection, run, "call", sources))


async def test_a_text_comes_back_as_it_was(engine: Engine, tmp_path: Path) -> None:
    """Texts with any sign, NUL and astral ones too, come back code point by code point."""
    kept = snapshot("a\0b 😀 é\r\n", title="a\0b 😀")
    async with database(tmp_path, engine) as stored:
        evidence = StoredEvidence(stored)
        await evidence.keep([kept])
        await retrieved(stored, "r", kept.source)
        texts = await evidence.texts([kept.source.id, "unknown"])
        assert {key: text.reveal() for key, text in texts.items()} == {kept.source.id: "a\0b 😀 é\r\n"}
        assert await evidence.snapshots("r", [kept.source.id, "unknown"]) == {kept.source.id: kept}


async def test_each_run_knows_a_text_by_where_it_found_it(engine: Engine, tmp_path: Path) -> None:
    """One text found by two runs at two places keeps two names, dates and authors; a third run has none."""
    first = snapshot("same", "a.md", "Secret draft").source
    second = replace(snapshot("same", "b.md", "Bridge").source, published="2026-02-03", language="de")
    async with database(tmp_path, engine) as stored:
        evidence = StoredEvidence(stored)
        await evidence.keep([snapshot("same"), snapshot("same")])
        await retrieved(stored, "r1", first)
        await retrieved(stored, "r2", second)
        for run, source in (("r1", first), ("r2", second), ("r1", first)):
            assert (await evidence.snapshots(run, [source.id]))[source.id].source == source
        assert await evidence.snapshots("r3", [first.id]) == {}


async def test_a_place_found_later_in_a_run_counts_at_once(engine: Engine, tmp_path: Path) -> None:
    """A run that finds a text again, elsewhere, names both places, though it opened the text before."""
    page = snapshot("same", "https://www.ministry.gov/a")
    copy = snapshot("same", "https://copies.example.xyz/a").source
    async with database(tmp_path, engine) as stored:
        evidence = StoredEvidence(stored)
        await evidence.keep([page])
        await retrieved(stored, "r", copy)
        assert (await evidence.snapshots("r", [copy.id]))[copy.id].source == copy
        await stored.write(lambda connection: retrievals.keep(connection, "r", "another", [page.source]))
        assert await evidence.snapshots("r", [copy.id]) == {copy.id: replace(page, also=(copy,))}


async def test_an_id_that_is_no_digest_is_refused(engine: Engine, tmp_path: Path) -> None:
    """Nothing is stored under an id that its text does not have."""
    forged = snapshot("words")
    forged = replace(forged, source=replace(forged.source, id="0" * 64))
    async with database(tmp_path, engine) as stored:
        with pytest.raises(Unusable):
            await StoredEvidence(stored).keep([snapshot("good"), forged])
        assert not await StoredEvidence(stored).texts([snapshot("good").source.id])
