"""Test the tool that searches documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from graph.errors import Misconfigured
from graph.stores.index.passage_index import StoredIndex
from tests.fakes.databases import ENGINES, Engine
from tests.graph.stores.index.library import database, entry, run
from tools.documents.collection import collection
from tools.documents.search import Search, SearchArguments
from tools.lexicon.terms import terms


class Other(BaseModel):
    pass


async def test_passages_come_best_first_within_the_limit(tmp_path: Path) -> None:
    """The tool returns the run's own documents, sorted by score, no more than asked for."""
    async with database(tmp_path) as stored:
        index = StoredIndex(stored, terms)
        lamps = [entry(f"{at}.md", "The lamp burns. " * at + f"Number {at}.", f"T{at}") for at in range(1, 6)]
        await index.update(collection(["/docs"]), lamps, [])
        await index.update(collection(["/other"]), [entry("o.md", "The lamp of others.")], [])
        search = Search(index=index)
        result = await search.run(SearchArguments(query="a lamp?", limit=3), run("/docs"), lambda _: None)
        scores = [passage.score for passage in result.passages]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)
        assert {p.span.source for p in result.passages} <= {lamp.source.id for lamp in lamps}


async def test_a_query_without_words_finds_nothing(tmp_path: Path) -> None:
    """Stop words and signs alone are no reason to fail."""
    async with database(tmp_path) as stored:
        search = Search(index=StoredIndex(stored, terms))
        result = await search.run(SearchArguments(query="?! the"), run("/docs"), lambda _: None)
        assert result.passages == ()


@pytest.mark.parametrize(
    "arguments", [{"query": ""}, {"query": "x" * 2001}, {"query": "x", "limit": 51}, {"q": "x"}]
)
def test_arguments_out_of_bounds_are_refused(arguments: dict[str, object]) -> None:
    """A query too long, a limit too high or a field unknown never reaches the index."""
    with pytest.raises(ValidationError):
        SearchArguments.model_validate(arguments)


async def test_other_arguments_are_a_mistake_in_the_wiring(tmp_path: Path) -> None:
    """Arguments of another tool are named, not guessed at."""
    async with database(tmp_path) as stored:
        with pytest.raises(Misconfigured):
            await Search(index=StoredIndex(stored, terms)).run(Other(), run("/docs"), lambda _: None)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_misspelt_word_finds_what_was_meant(engine: Engine, tmp_path: Path) -> None:
    """A word that no document has is taken for the nearest one that some document has, on both engines."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        documents = [entry("a.md", "The regulator closes the valve."), entry("b.md", "The lamp burns.")]
        await index.update(collection(["/docs"]), documents, [])
        found = await Search(index=index).run(
            SearchArguments(query="what does the regualtor close"), run("/docs"), lambda _: None
        )
        assert found.passages[0].span.source == documents[0].source.id


async def test_a_strange_word_is_not_taken_for_a_known_one(tmp_path: Path) -> None:
    """What is near no word of the documents, and what has a figure in it, is looked for as it is."""
    async with database(tmp_path) as stored:
        index = StoredIndex(stored, terms)
        await index.update(collection(["/docs"]), [entry("a.md", "Model 5321 replaces model 2821.")], [])
        for asked in ("zwieback", "model5322x"):
            found = await Search(index=index).run(SearchArguments(query=asked), run("/docs"), lambda _: None)
            assert found.passages == ()
