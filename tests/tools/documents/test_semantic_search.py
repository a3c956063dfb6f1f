from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import Unavailable
from graph.records import Result
from graph.stores.evidence import StoredEvidence
from graph.stores.index.passage_index import StoredIndex
from graph.stores.index.stored_vectors import StoredVectors
from tests.fakes.hashing_embedder import HashingEmbedder
from tests.graph.stores.index.library import database, entry, run, snapshot
from tools.documents.collection import collection
from tools.documents.passage_embedding import WORDS_ALONE, PassageEmbedding
from tools.documents.search import Search, SearchArguments
from tools.documents.semantic_search import SemanticSearch
from tools.lexicon.terms import terms

DOCS = "/docs"
TEXTS = {
    "car.md": "The car is red.",
    "tea.md": "Tea is drunk hot.",
    "boat.md": "A boat swims on water.",
}


def embedder() -> HashingEmbedder:
    return HashingEmbedder(synonyms={"automobile": "car"})


async def found(
    folder: Path, query: str, made: HashingEmbedder, texts: dict[str, str], *, embed: Sequence[str] = ()
) -> tuple[Result, list[str]]:
    """Search a collection of which only some locations have vectors; return also the locations in order."""
    async with database(folder) as stored:
        index, evidence, vectors = StoredIndex(stored, terms), StoredEvidence(stored), StoredVectors(stored)
        within = collection([DOCS])
        embedding = PassageEmbedding(made, vectors=vectors, evidence=evidence)
        for locations in (embed, [name for name in texts if name not in embed]):
            entries = [entry(name, texts[name]) for name in locations]
            await evidence.keep([snapshot(texts[name], name) for name in locations])
            await index.update(within, entries, [])
            if locations is embed:
                await embedding.complete(run(DOCS), within, lambda _: None)
        search = Search(index=index, semantic=SemanticSearch(made, vectors))
        result = await search.run(SearchArguments(query=query), run(DOCS), lambda _: None)
        places = {source.id: source.location for source in result.sources}
        return result, [places[passage.span.source] for passage in result.passages]


async def test_what_means_the_same_is_found_without_a_common_word(tmp_path: Path) -> None:
    """The synonym leads, and every passage that is returned says where it lies."""
    result, places = await found(tmp_path, "automobile", embedder(), TEXTS, embed=list(TEXTS))
    assert places[0] == "car.md"
    assert set(places) == set(TEXTS)
    assert result.skipped == ()


async def test_words_and_meaning_are_added_up(tmp_path: Path) -> None:
    """A score is that of the words and half the cosine, which is 1 for equal texts."""
    texts = {"car.md": "boat"}
    for name in ("both", "words"):
        (tmp_path / name).mkdir()
    both, _ = await found(tmp_path / "both", "boat", embedder(), texts, embed=["car.md"])
    words, _ = await found(tmp_path / "words", "boat", embedder(), texts)
    assert both.passages[0].score == pytest.approx(words.passages[0].score + 0.5, abs=1e-3)


async def test_without_an_answer_of_the_embedder_the_words_alone_are_searched(tmp_path: Path) -> None:
    """The search does not fail, and says what it did without."""
    made = embedder()

    def fail(_: Sequence[str]) -> None:
        raise Unavailable("nobody there")

    made.before = fail
    result, places = await found(tmp_path, "red car", made, TEXTS)
    assert places == ["car.md"]
    (gap,) = result.skipped
    assert (gap.kind, gap.detail) == (WORDS_ALONE, "a search went by words alone: nobody there")


async def test_a_passage_without_a_vector_counts_as_the_mean_of_the_others(tmp_path: Path) -> None:
    """While vectors are made, a passage that the words find leads those that only have a vector."""
    _, places = await found(tmp_path, "red car", embedder(), TEXTS, embed=["tea.md", "boat.md"])
    assert places[0] == "car.md"
