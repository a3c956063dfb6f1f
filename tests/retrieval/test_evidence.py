"""Test the evidence store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import Unusable
from graph.stores.evidence import StoredEvidence
from tests.fakes.databases import Engine
from tests.retrieval.library import database, snapshot


async def test_a_text_comes_back_as_it_was(engine: Engine, tmp_path: Path) -> None:
    """Texts with any sign, NUL and astral ones too, come back code point by code point."""
    kept = snapshot("a\0b 😀 é\r\n")
    async with database(tmp_path, engine) as stored:
        evidence = StoredEvidence(stored)
        await evidence.keep([kept])
        texts = await evidence.texts([kept.source.id, "unknown"])
        assert {key: text.reveal() for key, text in texts.items()} == {kept.source.id: "a\0b 😀 é\r\n"}
        assert (await evidence.snapshots([kept.source.id]))[kept.source.id].source == kept.source


async def test_a_text_is_stored_once(engine: Engine, tmp_path: Path) -> None:
    """The same text under another location keeps what was known of it first."""
    first, second = snapshot("same", "a.md"), snapshot("same", "b.md")
    async with database(tmp_path, engine) as stored:
        evidence = StoredEvidence(stored)
        await evidence.keep([first])
        await evidence.keep([second, second])
        found = await evidence.snapshots([first.source.id])
        assert [snapshot.source.location for snapshot in found.values()] == ["a.md"]


async def test_an_id_that_is_no_digest_is_refused(engine: Engine, tmp_path: Path) -> None:
    """Nothing is stored under an id that its text does not have."""
    forged = snapshot("words")
    forged = replace(forged, source=replace(forged.source, id="0" * 64))
    async with database(tmp_path, engine) as stored:
        with pytest.raises(Unusable):
            await StoredEvidence(stored).keep([snapshot("good"), forged])
        assert not await StoredEvidence(stored).texts([snapshot("good").source.id])
