"""Prove that both engines find the same passages in the same order."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ports import IndexedDocument, IndexHits
from graph.stores.db.database import Database
from graph.stores.index.passage_index import StoredIndex
from tests.graph.stores.index.library import database, entry
from tools.lexicon.terms import terms

LIBRARY = sorted(Path("evals/library/documents").rglob("*.md"))
WORD = st.sampled_from(["lamp", "sea", "tide", "burn", "deep", "x1", "ä", "rare"])
TEXT = st.lists(WORD, max_size=30).map(" ".join)
DOCUMENTS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8)


def same(one: IndexHits, other: IndexHits) -> bool:
    """Compare what was found, and the order but for ties: a tie is two passages with the same words."""
    words = [[(hit.title, hit.body) for hit in each.hits] for each in (one, other)]
    return words[0] == words[1] and _counted(one) == _counted(other)


def _counted(hits: IndexHits) -> tuple[object, ...]:
    return hits.passages, hits.title_terms, hits.body_terms, dict(hits.frequencies)


async def indexed(stored: Database, entries: list[IndexedDocument]) -> StoredIndex:
    index = StoredIndex(stored, terms)
    await index.update("one", entries, [])
    return index


async def test_questions_to_the_library_find_the_same(tmp_path: Path) -> None:
    """On the documents of the repository both engines agree."""
    entries = [
        entry(path.name, path.read_text(encoding="utf-8"), path.stem.replace("-", " ")) for path in LIBRARY
    ]
    assert len(entries) >= 20
    async with database(tmp_path) as file, database(tmp_path, "postgres") as server:
        on_file, on_server = await indexed(file, entries), await indexed(server, entries)
        for each in entries:
            asked = terms(f"How does the {each.source.title.reveal()} work when it fails?")
            expected = await on_file.search("one", asked, 10)
            found = await on_server.search("one", asked, 10)
            assert found.hits
            assert [hit.span for hit in found.hits] == [hit.span for hit in expected.hits]
            assert same(expected, found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(documents=DOCUMENTS, asked=st.lists(WORD, min_size=1, max_size=4), gone=st.integers(0, 7))
async def test_any_texts_are_ranked_the_same(
    tmp_path: Path, documents: list[tuple[str, str]], asked: list[str], gone: int
) -> None:
    """Whatever is added and removed, both engines count the same and score alike."""
    entries = [entry(f"{at}.md", text, title) for at, (title, text) in enumerate(documents)]
    async with database(tmp_path) as file, database(tmp_path, "postgres") as server:
        found = []
        for stored in (file, server):
            index = StoredIndex(stored, terms)
            await index.update("r", entries, [])
            await index.update("r", [], [f"{gone}.md"])
            found.append(await index.search("r", asked, 100))
            await index.update("r", [], [each.source.location for each in entries])
            assert (await index.search("r", asked, 100)).hits == ()
        assert _counted(found[0]) == _counted(found[1])
        assert scores(found[0]) == pytest.approx(scores(found[1]))


def scores(hits: IndexHits) -> list[float]:
    """Score what was found as FTS5 does, in the order it was found: ties may change places."""
    mean = (hits.title_terms + hits.body_terms) / max(hits.passages, 1)
    return [
        sum(
            _weight(hits.passages, having)
            * _share(hit.title.count(term), hit.body.count(term), length / mean)
            for term, (having, _) in hits.frequencies.items()
        )
        for hit in hits.hits
        for length in [len(hit.title) + len(hit.body)]
    ]


def _weight(passages: int, having: int) -> float:
    weight = math.log((passages - having + 0.5) / (having + 0.5))
    return weight if weight > 0 else 1e-6


def _share(title: int, body: int, length: float) -> float:
    often = 3 * title + body
    return often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length))
