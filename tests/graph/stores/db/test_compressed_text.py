"""Prove that deflated texts cost half the disk and none of the trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evals.bench.made_pages import write_pages
from graph.stores.db.compressed_text import compressed
from graph.stores.evidence import StoredEvidence
from guards.claims.stored_passage import is_source_intact
from tests.graph.stores.index.library import database, snapshot

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_takes_little_more_than_half() -> None:
    """Prove that 20 KB of words shrink to less than 0.6 of their size."""
    (page,) = write_pages(["p"]).values()
    assert len(compressed(page)) < 0.6 * len(page)


@pytest.mark.parametrize("stored", [compressed("another text"), b"no zlib", compressed("x")[:-1], b""])
async def test_a_changed_text_is_noticed_although_it_was_opened_before(tmp_path: Path, stored: bytes) -> None:
    """Prove that every look goes to the bytes on disk: changed or broken ones no longer fit their digest."""
    page = snapshot("words")
    async with database(tmp_path) as opened:
        evidence = StoredEvidence(opened)
        await evidence.keep([page])
        before = await evidence.texts([page.source.id])
        assert is_source_intact(page.source.id, before[page.source.id]).allowed
        await opened.write(
            lambda connection: connection.execute("UPDATE texts SET text = ?", (stored,)).rowcount
        )
        after = await evidence.texts([page.source.id])
    assert not is_source_intact(page.source.id, after[page.source.id]).allowed


async def test_a_text_is_opened_once(tmp_path: Path) -> None:
    """Prove that the same bytes give the same text without being inflated again."""
    page = snapshot("words")
    async with database(tmp_path) as opened:
        evidence = StoredEvidence(opened)
        await evidence.keep([page])
        first, second = [(await evidence.texts([page.source.id]))[page.source.id] for _ in range(2)]
    assert first is second
