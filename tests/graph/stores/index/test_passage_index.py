"""Test the index of passages."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ports import IndexHits
from graph.stores.index.passage_index import StoredIndex
from tests.fakes.databases import Engine
from tests.graph.stores.index.library import database, entry
from tools.lexicon.terms import terms

HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        '"',
        'a" OR title:"b',
        "NEAR(a b)",
        "AND",
        "-",
        "*",
        "^a",
        "{title}: a",
        "'; DROP TABLE passages; --",
        "😀",
        "\0",
    ]
)


def starts(hits: IndexHits) -> list[tuple[str, int]]:
    return [(hit.span.source, hit.span.start) for hit in hits.hits]


async def test_a_passage_is_found_by_its_words(engine: Engine, tmp_path: Path) -> None:
    """A search returns the span, the terms and the statistics of what holds a term."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        lamp = entry("a.md", "The lamp burns. A lamp is bright.", "Lamps")
        await index.update("one", [lamp, entry("b.md", "The sea is deep.")], [])
        hits = await index.search("one", terms("bright lamps"), 10)
        assert [hit.span for hit in hits.hits] == list(lamp.passages)
        assert hits.hits[0].title == ("lamp",)
        assert hits.hits[0].body == ("lamp", "burn", "lamp", "bright")
        assert (hits.passages, hits.title_terms, hits.body_terms) == (2, 1, 6)
        assert hits.frequencies == {"lamp": (1, 3), "bright": (1, 1)}


async def test_collections_keep_apart(engine: Engine, tmp_path: Path) -> None:
    """What one collection holds neither shows up in another nor changes its statistics."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("a.md", "The lamp burns.")], [])
        before = await index.search("one", ["lamp"], 10)
        await index.update("two", [entry(f"{at}.md", f"The lamp burns {at}.") for at in range(9)], [])
        assert await index.search("one", ["lamp"], 10) == before
        assert (await index.search("three", ["lamp"], 10)).hits == ()


async def test_a_removed_or_replaced_location_is_forgotten(engine: Engine, tmp_path: Path) -> None:
    """Passages, statistics and fingerprints go with the location, and come anew when it is replaced."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("a.md", "The lamp burns."), entry("b.md", "Deep sea.")], [])
        await index.update("one", [entry("a.md", "The candle burns.", fingerprint="2")], ["b.md"])
        assert await index.fingerprints("one") == {"a.md": "2"}
        hits = await index.search("one", ["lamp", "sea", "candl"], 10)
        assert [hit.body for hit in hits.hits] == [("candl", "burn")]
        assert (hits.passages, hits.body_terms, hits.frequencies) == (1, 2, {"candl": (1, 1)})


async def test_one_text_at_two_locations_is_found_once(engine: Engine, tmp_path: Path) -> None:
    """A copy adds no passage, and its text stays until the last location is gone."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("a.md", "The lamp burns."), entry("b.md", "The lamp burns.")], [])
        assert len((await index.search("one", ["lamp"], 10)).hits) == 1
        await index.update("one", [], ["a.md"])
        assert len((await index.search("one", ["lamp"], 10)).hits) == 1
        await index.update("one", [], ["b.md"])
        assert (await index.search("one", ["lamp"], 10)).hits == ()


async def test_a_copy_brings_the_words_of_a_new_release(engine: Engine, tmp_path: Path) -> None:
    """A text that lies at two places is found by its new words once either place is read again."""
    copies = [entry("a.md", "Lamps burn.", "L"), entry("b.md", "Lamps burn.", "L")]
    async with database(tmp_path, engine) as stored:
        await StoredIndex(stored, lambda text, _: text.split()).update("one", copies, [])
        index = StoredIndex(stored, terms)
        await index.update("one", copies[1:], [])
        assert (await index.search("one", ["Lamps"], 10)).hits == ()
        hits = await index.search("one", ["lamp"], 10)
        assert (len(hits.hits), hits.passages, hits.body_terms) == (1, 1, 2)


async def test_the_languages_of_a_collection_are_counted(engine: Engine, tmp_path: Path) -> None:
    """Documents are counted by the tag of their language, the most first; one unknown is empty."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        tags = ["de", "de", None, "fr"]
        entries = [entry(f"{at}.md", f"Text {at}.", language=tag) for at, tag in enumerate(tags)]
        await index.update("one", entries, [])
        assert list((await index.languages("one")).items()) == [("de", 2), ("", 1), ("fr", 1)]
        assert await index.languages("two") == {}


async def test_a_text_is_described_by_each_place_of_its_own_collection(
    engine: Engine, tmp_path: Path
) -> None:
    """A search tells where each text lies: by its present names, by name, and by no other collection's."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        secret, first, second = (
            entry(location, "The lamp burns.", title)
            for location, title in (("secret.md", "Secret"), ("a.md", "Lamps"), ("b.md", "Candles"))
        )
        await index.update("theirs", [secret], [])
        await index.update("one", [second, first], [])
        assert (await index.search("one", ["lamp"], 10)).sources == (first.source, second.source)
        renamed = entry("c.md", "The lamp burns.", "Torches", fingerprint="2")
        await index.update("one", [renamed], ["a.md"])
        assert (await index.search("one", ["lamp"], 10)).sources == (second.source, renamed.source)
        assert (await index.search("theirs", ["lamp"], 10)).sources == (secret.source,)


async def test_many_copies_are_named_by_a_few(engine: Engine, tmp_path: Path) -> None:
    """A text that lies in hundreds of files is described at the first eight by name."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry(f"{at:03}.md", "The lamp burns.") for at in range(300)], [])
        found = (await index.search("one", ["lamp"], 10)).sources
        assert [source.location for source in found] == [f"{at:03}.md" for at in range(8)]


async def test_a_text_is_found_by_the_title_it_has_now(engine: Engine, tmp_path: Path) -> None:
    """When the file that gave a text its title goes, or another comes first, the index follows."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("b.md", "The lamp burns.", "Zebra")], [])
        await index.update("one", [entry("c.md", "The lamp burns.", "Heron Lake")], [])
        assert len((await index.search("one", ["zebra"], 10)).hits) == 1
        assert (await index.search("one", ["heron"], 10)).hits == ()
        await index.update("one", [], ["b.md"])
        hits = await index.search("one", ["heron"], 10)
        assert [hit.title for hit in hits.hits] == [("heron", "lake")]
        assert (hits.passages, hits.title_terms, hits.body_terms) == (1, 2, 2)
        assert (await index.search("one", ["zebra"], 10)).hits == ()
        await index.update("one", [], ["c.md"])
        assert (await index.search("one", ["heron", "lamp"], 10)).hits == ()


async def test_a_document_without_text_is_remembered(engine: Engine, tmp_path: Path) -> None:
    """A file that holds nothing keeps its fingerprint, so that it is not read again."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("empty.md", "")], [])
        assert await index.fingerprints("one") == {"empty.md": "1"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.lists(HOSTILE, max_size=8))
async def test_no_query_reaches_the_match_syntax(engine: Engine, tmp_path: Path, words: list[str]) -> None:
    """Whatever stands in a query, or in a document, is searched for and never obeyed."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, lambda text, _: text.split())
        await index.update("one", [entry("a.md", " ".join(words) + " plain", " ".join(words))], [])
        hits = await index.search("one", words, 5)
        assert len(hits.hits) <= 1
        assert len((await index.search("one", ["plain"], 5)).hits) == 1
        await index.update("one", [], ["a.md"])
        assert (await index.search("one", ["plain"], 5)).hits == ()


async def test_a_huge_query_is_answered(engine: Engine, tmp_path: Path) -> None:
    """A hundred thousand characters of query are cut to the terms a question may have."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        await index.update("one", [entry("a.md", "word0 stands here.")], [])
        query = " ".join(f"word{at}" for at in range(12_000))
        assert len((await index.search("one", terms(query), 5)).hits) == 1


async def test_common_terms_select_only_when_nothing_else_does(engine: Engine, tmp_path: Path) -> None:
    """In a large collection a term most passages have selects none beside a rare one, yet works alone."""
    async with database(tmp_path, engine) as stored:
        index = StoredIndex(stored, terms)
        many = [entry(f"{at}.md", f"The lamp burns {at}.") for at in range(1200)]
        await index.update("one", [*many, entry("sea.md", "Deep sea.")], [])
        assert len((await index.search("one", ["lamp", "sea"], 10)).hits) == 1
        assert len((await index.search("one", ["lamp"], 10)).hits) == 10
