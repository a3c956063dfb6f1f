"""Stores that live in memory, and a parser that counts."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from graph.ports import IndexedDocument, IndexHits
from graph.records import Snapshot
from graph.untrusted import Untrusted
from tools.documents.overtime import OUT_OF_TIME, Overdue
from tools.documents.parsed import Parsed
from tools.documents.parser import Parser
from tools.documents.worker import Said, nothing


class MemoryEvidence:
    """Keep snapshots by id."""

    def __init__(self) -> None:
        self.kept: dict[str, Snapshot] = {}

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        for snapshot in snapshots:
            self.kept.setdefault(snapshot.source.id, snapshot)

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        return {name: self.kept[name].text for name in ids if name in self.kept}

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        return {name: self.kept[name] for name in ids if name in self.kept}


class MemoryIndex:
    """Keep entries by collection and location."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, IndexedDocument]] = {}
        self.updates = 0

    async def fingerprints(self, collection: str) -> Mapping[str, str]:
        return {name: entry.fingerprint for name, entry in self.entries.get(collection, {}).items()}

    async def languages(self, collection: str) -> Mapping[str, int]:
        raise AssertionError("refreshing searches nothing")

    async def update(self, collection: str, added: Sequence[IndexedDocument], removed: Sequence[str]) -> None:
        self.updates += 1
        kept = self.entries.setdefault(collection, {})
        kept.update({entry.source.location: entry for entry in added})
        for name in removed:
            kept.pop(name, None)

    async def search(self, collection: str, terms: Sequence[str], limit: int) -> IndexHits:
        raise AssertionError("refreshing searches nothing")

    async def words(self, collection: str, beginnings: Sequence[str]) -> Sequence[str]:
        raise AssertionError("refreshing searches nothing")

    @property
    def only(self) -> dict[str, IndexedDocument]:
        """Return the entries of the one collection there is."""
        (entries,) = self.entries.values()
        return entries


class LateParser(Parser):
    """Have too little time for each file as often as told, with what was read of it until then."""

    def __init__(self, *read: str) -> None:
        super().__init__(children=2)
        self.left = list(read)

    def parse(self, suffix: str, data: bytes, said: Said = nothing) -> Parsed:
        if not self.left:
            return super().parse(suffix, data, said)
        if text := self.left.pop(0):
            return Parsed(text=text, missing=f"{OUT_OF_TIME} after page 1", late=True)
        raise Overdue("reading it takes longer than 1 seconds of work or 1 by the clock")


class HeldParser(Parser):
    """Hold the first file back until it is told to go on."""

    def __init__(self) -> None:
        super().__init__(children=2)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def parse(self, suffix: str, data: bytes, said: Said = nothing) -> Parsed:
        if not self.begun.is_set():
            self.begun.set()
            self.go_on.wait()
        return super().parse(suffix, data, said)


class CountingParser(Parser):
    """Note the suffix of everything that is parsed."""

    def __init__(self) -> None:
        super().__init__()
        self.parsed: list[str] = []

    def parse(self, suffix: str, data: bytes, said: Said = nothing) -> Parsed:
        self.parsed.append(suffix)
        return super().parse(suffix, data, said)
