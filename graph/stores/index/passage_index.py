"""Index passages by their words, each collection separately: none affects another's statistics.

The words are the terms that an analyser made of a passage. They are stored beside the index, which holds no
text of its own: ranking reads them without opening a document.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from graph.config.database_address import Location
from graph.outline import context
from graph.ports import IndexedDocument, IndexHits
from graph.records import Source, Span
from graph.stores import retrievals
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.index.index_fts5 import Fts5Words
from graph.stores.index.index_postings import Postings
from graph.stores.index.index_words import PassageWords
from graph.stores.index.indexed_documents import (
    collection_key,
    fingerprints,
    hit_of,
    languages,
    placed_sources,
)
from graph.stores.index.vector_rows import drop_vectors

_MOST_TERMS = 64  # a question has fewer; a pasted page must not slow the index down
# A term that more of the passages have selects none: on SciFact dev 6.9 ms a query for 11.7, nDCG@10
# unchanged, the first ten the same for 786 of 809 claims.
_COMMON = 0.1
_FEW = 1000  # so few passages are scored at once
_DOCUMENT = """
INSERT INTO documents
    (collection, location, fingerprint, source, title, published, retrieved_at, author, language, outline)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_LAST = chr(0x10FFFF)

Terms = Callable[[str, str], Sequence[str]]
"""Turn a text, and the tag of its language or nothing, into the terms it is found by, in order; none holds a
blank."""

_PassageRow = tuple[str, int, int, str, str]
_EntryRows = tuple[IndexedDocument, list[_PassageRow]]


def words_of(location: Location) -> PassageWords:
    """Return what the engine of a database does for the index."""
    return Fts5Words() if isinstance(location, Path) else Postings()


class StoredIndex:
    """Store the index in the database; every process must use the same analyser for `terms`."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self._database = database
        self._terms = terms
        self._words = words_of(database.path)

    async def fingerprints(self, collection: str) -> Mapping[str, str]:
        """Return the fingerprint of each indexed document's file, by location."""
        return await self._database.read(lambda connection: fingerprints(connection, collection))

    async def languages(self, collection: str) -> Mapping[str, int]:
        """Return how many documents of a collection are in each language; one that is not known is empty."""
        return await self._database.read(lambda connection: languages(connection, collection))

    async def update(self, collection: str, added: Sequence[IndexedDocument], removed: Sequence[str]) -> None:
        """Add or replace documents and remove locations, in one transaction."""
        rows = await asyncio.to_thread(lambda: [(entry, self._rows(entry)) for entry in added])
        await self._database.write(lambda connection: self._update(connection, collection, rows, removed))

    async def search(self, collection: str, terms: Sequence[str], limit: int) -> IndexHits:
        """Return the passages that BM25 ranks first for any of the terms; an unknown collection has none."""
        # FTS5 reads a query only up to a NUL.
        asked = tuple(dict.fromkeys(term for term in terms if "\0" not in term))[:_MOST_TERMS]
        return await self._database.read(
            lambda connection: _search(connection, self._words, collection, asked, limit)
        )

    async def words(self, collection: str, beginnings: Sequence[str]) -> Sequence[str]:
        """Return the words of a collection that begin in one of these ways, in no order."""
        asked = sorted({beginning for beginning in beginnings if beginning and "\0" not in beginning})
        return await self._database.read(
            lambda connection: _known(connection, self._words, collection, asked)
        )

    def _rows(self, entry: IndexedDocument) -> list[_PassageRow]:
        title, text = self._title(entry.source), entry.text.reveal()
        return [
            (span.source, span.start, span.end, title, self._body(entry, text[span.start : span.end], span))
            for span in entry.passages
        ]

    def _body(self, entry: IndexedDocument, text: str, span: Span) -> str:
        """Return the terms of a passage, after those of the headings and the lead-in that stand before it."""
        before, language = context(entry.outline, span.start).reveal(), entry.source.language or ""
        return " ".join((*self._terms(before, language), *self._terms(text, language)))

    def _update(
        self,
        connection: Connection,
        collection: str,
        added: Sequence[_EntryRows],
        removed: Sequence[str],
    ) -> None:
        if not added and not removed:
            return
        key = collection_key(connection, collection) or _make(connection, self._words, collection)
        touched = {entry.source.id for entry, _ in added}
        for location in chain(removed, (entry.source.location for entry, _ in added)):
            touched.add(_remove(connection, self._words, key, location))
        for entry, rows in added:
            _add(connection, self._words, key, entry, rows)
        for source in placed_sources(connection, key, sorted(touched), most=1):
            _retitle(connection, self._words, key, source.id, self._title(source))

    def _title(self, source: Source) -> str:
        return " ".join(self._terms(source.title.reveal(), source.language or ""))


def _make(connection: Connection, words: PassageWords, collection: str) -> int:
    connection.execute("INSERT INTO collections (name) VALUES (?)", (collection,))
    key = collection_key(connection, collection)
    if key is None:
        raise AssertionError("the row was inserted in this transaction")
    words.make(connection, key)
    return key


def _add(
    connection: Connection, words: PassageWords, key: int, entry: IndexedDocument, rows: Sequence[_PassageRow]
) -> None:
    """Write a document; its passages only where no other location brought the same text, read as today."""
    known = _is_indexed(connection, key, entry.source.id)
    source, title, location, *rest = retrievals.fields(entry.source)
    connection.execute(_DOCUMENT, (key, location, entry.fingerprint, source, title, *rest))
    if known and _are_kept(connection, key, entry.source.id, rows):
        return
    if known:
        _drop(connection, words, key, source)
    if rows:
        first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM passages").fetchall()[0][0]
        connection.executemany(
            'INSERT INTO passages (id, collection, source, "start", "end", title, body)'
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(first + at, key, *row) for at, row in enumerate(rows)],
        )
        words.add(connection, key, [(first + at, row[3], row[4]) for at, row in enumerate(rows)])
        _count(connection, key, [row[3:] for row in rows], sign=1)


def _remove(connection: Connection, words: PassageWords, key: int, location: str) -> str:
    """Forget a location, and the passages of its text once no other has it; return the id of that text."""
    row = connection.execute(
        "DELETE FROM documents WHERE collection = ? AND location = ? RETURNING source", (key, location)
    ).fetchall()
    source = str(row[0][0]) if row else ""
    if row and not _is_indexed(connection, key, source):
        _drop(connection, words, key, source)
    return source


def _drop(connection: Connection, words: PassageWords, key: int, source: str) -> None:
    """Forget the passages of a text, with their vectors."""
    drop_vectors(connection, key, source)
    rows = connection.execute(
        "DELETE FROM passages WHERE collection = ? AND source = ? RETURNING id, title, body", (key, source)
    ).fetchall()
    gone = [(int(passage), str(title), str(body)) for passage, title, body in rows]
    words.remove(connection, key, gone)
    _count(connection, key, [passage[1:] for passage in gone], sign=-1)


def _are_kept(connection: Connection, key: int, source: str, rows: Sequence[_PassageRow]) -> bool:
    """Tell whether the passages of a text are cut and analysed as those of a release that came later are."""
    kept = connection.execute(
        'SELECT "start", "end", body FROM passages WHERE collection = ? AND source = ? ORDER BY id',
        (key, source),
    )
    return kept.fetchall() == [(start, end, body) for _, start, end, _, body in rows]


def _retitle(connection: Connection, words: PassageWords, key: int, source: str, title: str) -> None:
    """Let the passages of a text be found by the title of the document that is named first."""
    rows = connection.execute(
        "SELECT id, title, body FROM passages WHERE collection = ? AND source = ? AND title <> ?",
        (key, source, title),
    ).fetchall()
    if not rows:
        return
    drop_vectors(connection, key, source)
    words.remove(connection, key, rows)
    connection.execute(
        "UPDATE passages SET title = ? WHERE collection = ? AND source = ?", (title, key, source)
    )
    words.add(connection, key, [(passage, title, body) for passage, _, body in rows])
    _count(connection, key, [(before, "") for _, before, _ in rows], sign=-1)
    _count(connection, key, [(title, "") for _ in rows], sign=1)


def _is_indexed(connection: Connection, key: int, source: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM documents WHERE collection = ? AND source = ? LIMIT 1", (key, source)
    )
    return found.fetchone() is not None


def _count(connection: Connection, key: int, rows: Sequence[tuple[str, str]], *, sign: int) -> None:
    titles, bodies = (sum(len(row[field].split()) for row in rows) for field in (0, 1))
    connection.execute(
        "UPDATE collections SET passages = passages + ?, title_terms = title_terms + ?,"
        " body_terms = body_terms + ? WHERE id = ?",
        (sign * len(rows), sign * titles, sign * bodies, key),
    )


def _search(
    connection: Connection, words: PassageWords, collection: str, terms: Sequence[str], limit: int
) -> IndexHits:
    key = collection_key(connection, collection)
    if key is None or not terms:
        return IndexHits(passages=0, title_terms=0, body_terms=0, frequencies={}, hits=())
    ((passages, title_terms, body_terms),) = connection.execute(
        "SELECT passages, title_terms, body_terms FROM collections WHERE id = ?", (key,)
    ).fetchall()
    frequencies = words.frequencies(connection, key, terms)
    asked = {term: frequencies.get(term, (0, 0)) for term in _telling(terms, frequencies, passages)}
    rows = words.ranked(connection, key, asked, (passages, title_terms, body_terms), limit)
    hits = tuple(hit_of(*row) for row in rows)
    return IndexHits(
        passages=passages,
        title_terms=title_terms,
        body_terms=body_terms,
        frequencies=frequencies,
        hits=hits,
        sources=placed_sources(connection, key, list({hit.span.source for hit in hits})),
    )


def _known(
    connection: Connection, words: PassageWords, collection: str, beginnings: Sequence[str]
) -> list[str]:
    key = collection_key(connection, collection)
    if key is None:
        return []
    return [word for each in beginnings for word in words.between(connection, key, each, each + _LAST)]


def _telling(
    terms: Sequence[str], frequencies: Mapping[str, tuple[int, int]], passages: int
) -> Sequence[str]:
    """Leave out terms that many passages have, which cost most and tell least, unless all terms do."""
    most = max(_FEW, passages * _COMMON)
    return [term for term in terms if frequencies.get(term, (0, 0))[0] <= most] or terms


def forget(connection: Connection, location: Location, names: Iterable[str]) -> set[str]:
    """Delete the contents of some collections; return the sources they held."""
    words, sources = words_of(location), set()
    for key in [key for name in names if (key := collection_key(connection, name)) is not None]:
        rows = connection.execute("SELECT location, source FROM documents WHERE collection = ?", (key,))
        for place, source in rows.fetchall():
            _remove(connection, words, key, place)
            sources.add(str(source))
    return sources
