"""A query is analysed in the language of the documents it is asked of."""

from __future__ import annotations

from pathlib import Path

from graph.stores.index.passage_index import StoredIndex
from tests.graph.stores.index.library import database, entry, run
from tools.documents.collection import collection
from tools.documents.search import Search, SearchArguments
from tools.lexicon.terms import terms


async def test_a_question_is_read_in_the_language_of_the_documents(tmp_path: Path) -> None:
    """Forms of a word find each other in each language of a folder, whichever most documents are in."""
    german = entry("de.md", "Der Wärter wechselt die Lampen im Mai.", language="de")
    russian = entry("ru.md", "Смотритель меняет лампы в мае.", language="ru")
    english = [entry(f"{at}.md", f"The keeper changes lamps in May {at}.") for at in range(3)]
    async with database(tmp_path) as stored:
        index = StoredIndex(stored, terms)
        await index.update(collection(["/docs"]), [german, russian, *english], [])
        for query, wanted in (("Wann wird eine Lampe gewechselt?", german), ("Кто сменил лампу?", russian)):
            found = await Search(index=index).run(SearchArguments(query=query), run("/docs"), lambda _: None)
            assert found.passages[0].span.source == wanted.source.id
            assert found.skipped == ()


async def test_a_question_in_a_language_of_no_document_is_told_so(tmp_path: Path) -> None:
    """The limits name the language of the question and those of the documents; a name alone has none."""
    async with database(tmp_path) as stored:
        index = StoredIndex(stored, terms)
        lamp = entry("fr.md", "La lampe est allumée par le gardien.", language="fr-CH")
        await index.update(collection(["/docs"]), [lamp], [])
        said = {}
        for query in ("Wer zündet die Lampe an?", "Qui allume la lampe ?", "Qui est là ?", "Acme AX-200"):
            found = await Search(index=index).run(SearchArguments(query=query), run("/docs"), lambda _: None)
            said[query] = [unknown.detail for unknown in found.skipped]
        (told,) = said.pop("Wer zündet die Lampe an?")
        assert told.startswith("the question is in German, the documents are in French:")
        assert set(map(len, said.values())) == {0}
