from __future__ import annotations

from pathlib import Path

from graph.stores.index.passage_index import StoredIndex, forget
from graph.stores.index.stored_vectors import StoredVectors
from tests.fakes.databases import Engine
from tests.graph.stores.index.library import database, entry
from tests.graph.stores.index.test_stored_vectors import LAMP, SEA, all_bare, filled, vector
from tools.lexicon.terms import terms


async def embedded(vectors: StoredVectors, model: str = "m") -> None:
    await vectors.keep("one", model, [(bare, vector(1, 0)) for bare in await all_bare(vectors, model)])


async def test_a_vector_goes_with_its_passage(engine: Engine, tmp_path: Path) -> None:
    """A document that is removed, replaced or forgotten leaves no vector behind."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP, SEA)
        await embedded(vectors)
        index = StoredIndex(stored, terms)
        await index.update("one", [], ["a.md"])
        assert await vectors.counts("one", "m") == (1, 1)
        await index.update("one", [entry("b.md", "The sea is calm.", fingerprint="2")], [])
        assert await vectors.counts("one", "m") == (0, 1)
        await embedded(vectors)
        await stored.write(lambda connection: forget(connection, stored.path, ["one"]))
        assert await vectors.counts("one", "m") == (0, 0)


async def test_a_vector_made_meanwhile_for_a_passage_that_is_gone_is_not_stored(
    engine: Engine, tmp_path: Path
) -> None:
    """The id of the passage is used again, and its new text does not get the old one's vector."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP)
        (before,) = await all_bare(vectors)
        await StoredIndex(stored, terms).update("one", [SEA], ["a.md"])
        (after,) = await all_bare(vectors)
        assert before.id == after.id
        await vectors.keep("one", "m", [(before, vector(1, 0))])
        assert await all_bare(vectors) == [after]


async def test_a_new_model_takes_the_place_of_the_old(engine: Engine, tmp_path: Path) -> None:
    """Vectors of two models are never compared, and a passage has one."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP)
        await embedded(vectors, "old")
        assert len(await all_bare(vectors, "new")) == 1
        await embedded(vectors, "new")
        assert await vectors.counts("one", "old") == (0, 1)
        assert await vectors.counts("one", "new") == (1, 1)


async def test_a_new_title_makes_the_vector_anew(engine: Engine, tmp_path: Path) -> None:
    """The title is part of what is embedded."""
    async with database(tmp_path, engine) as stored:
        vectors = await filled(stored, LAMP)
        await embedded(vectors)
        renamed = entry("a.md", LAMP.text.reveal(), "Old lamps", fingerprint="2")
        await StoredIndex(stored, terms).update("one", [renamed], [])
        (bare,) = await all_bare(vectors)
        assert bare.title.reveal() == "Old lamps"
