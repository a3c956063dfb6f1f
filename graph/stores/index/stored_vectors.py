"""Find passages by the direction of their vectors, each collection separately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.embedder import BarePassage, NearPassages, Vector
from graph.outline import Outline, context
from graph.records import Source, Span
from graph.stores.db.database import Database
from graph.stores.db.db_worker import Connection
from graph.stores.index import vector_rows
from graph.stores.index.indexed_documents import collection_key, hit_of, placed_sources
from graph.stores.outlines import outlines
from graph.untrusted import Untrusted

if TYPE_CHECKING:
    from graph.stores.index.vector_scan import ScanCache, VectorScan

_NOTHING = NearPassages(cosines={})
_START = ("", 0)


class StoredVectors:
    """Store vectors beside the passages of the index; numpy is imported at the first search."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._scans: ScanCache | None = None

    async def counts(self, collection: str, model: str) -> tuple[int, int]:
        """Return how many passages of a collection have a vector of a model, and how many there are."""

        def work(connection: Connection) -> tuple[int, int]:
            key = collection_key(connection, collection)
            return (0, 0) if key is None else vector_rows.counted(connection, key, model)

        return await self._database.read(work)

    async def bare(
        self, collection: str, model: str, limit: int, after: BarePassage | None = None
    ) -> Sequence[BarePassage]:
        """Return passages without a vector of a model, by source and id, from behind one of them."""
        place = (after.span.source, after.id) if after else _START
        return await self._database.read(
            lambda connection: _bare(connection, collection, model, limit, place)
        )

    async def keep(self, collection: str, model: str, vectors: Sequence[tuple[BarePassage, Vector]]) -> None:
        """Store vectors in place of those of other models; what is no longer indexed is left out."""

        def work(connection: Connection) -> None:
            if (key := collection_key(connection, collection)) is not None:
                vector_rows.keep_vectors(connection, key, [_row(key, model, *each) for each in vectors])

        await self._database.write(work)

    async def near(
        self, collection: str, model: str, vector: Vector, limit: int, also: Sequence[Span]
    ) -> NearPassages:
        """Return the nearest passages, with their cosines and those of other passages by their places."""

        def work(connection: Connection) -> NearPassages:
            key = collection_key(connection, collection)
            if key is None:
                return _NOTHING
            return _near(connection, key, self._scan(connection, key, model), vector, limit, also)

        return await self._database.read(work)

    def _scan(self, connection: Connection, key: int, model: str) -> VectorScan:
        """Return all vectors of a collection, as they are stored now."""
        from graph.stores.index.vector_scan import ScanCache, VectorScan  # noqa: PLC0415  # numpy is optional

        self._scans = self._scans or ScanCache()
        return self._scans.get(
            (key, model),
            vector_rows.changes(connection, key),
            lambda: VectorScan.of(
                [(int(id_), bytes(row)) for id_, row in vector_rows.all_vectors(connection, key, model)]
            ),
        )


def _bare(
    connection: Connection, collection: str, model: str, limit: int, after: tuple[str, int]
) -> list[BarePassage]:
    """Read passages, and the title and headings that each stands under at the place named first."""
    key = collection_key(connection, collection)
    rows = vector_rows.bare_rows(connection, key, model, limit, after) if key is not None else []
    if key is None or not rows:
        return []
    placed = {
        each.id: each for each in placed_sources(connection, key, sorted({row[1] for row in rows}), most=1)
    }
    known = outlines(connection, sorted({each.outline for each in placed.values() if each.outline}))
    return [
        BarePassage(
            id=id_,
            span=Span(source=source, start=start, end=end),
            title=placed[source].title if source in placed else Untrusted(""),
            above=_above(placed.get(source), known, start),
        )
        for id_, source, start, end in rows
    ]


def _above(placed: Source | None, known: Mapping[str, Outline], start: int) -> Untrusted:
    """Return the headings and the lead-in above a passage."""
    return context(known.get(placed.outline, ()), start) if placed else Untrusted("")


def _row(key: int, model: str, bare: BarePassage, vector: Vector) -> vector_rows.VectorRow:
    return model, vector, bare.id, key, bare.span.source, bare.span.start, bare.span.end


def _near(  # what is searched, and what is asked of it
    connection: Connection,
    key: int,
    scan: VectorScan,
    vector: Vector,
    limit: int,
    also: Sequence[Span],
) -> NearPassages:
    cosines = scan.cosines(vector)
    nearest = scan.nearest(cosines, limit)
    found = vector_rows.passage_rows(connection, nearest)
    hits = tuple(hit_of(*found[id_]) for id_ in nearest if id_ in found)
    asked = vector_rows.placed_ids(connection, key, [(span.source, span.start, span.end) for span in also])
    ids = {Span(source=at[0], start=at[1], end=at[2]): id_ for at, id_ in asked.items()}
    ids |= {hit.span: id_ for hit, id_ in zip(hits, [id_ for id_ in nearest if id_ in found], strict=True)}
    known = scan.of_ids(cosines, sorted(set(ids.values())))
    return NearPassages(
        hits=hits,
        cosines={span: known[id_] for span, id_ in ids.items() if id_ in known},
        sources=placed_sources(connection, key, sorted({hit.span.source for hit in hits})),
    )
