"""What the nodes may ask of the world, as Protocols, and the bag that carries it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.caps import Cap, CapNear
from graph.costs import Cost
from graph.definition import Definition
from graph.history import ModelUse, Recollection, RunRow
from graph.options import Options
from graph.reading import Excerpt, Lead
from graph.records import (
    Argument,
    Branch,
    Call,
    Claim,
    Clock,
    Crossed,
    Draft,
    Plan,
    Run,
    Snapshot,
    Source,
    Span,
    Status,
    Task,
    Unknown,
    Verdict,
)
from graph.tool import Toolbox
from graph.untrusted import Untrusted
from guards.circuit_breaker import Circuit
from guards.claims.sealed_report import AuditEntry

Define = Callable[[Sequence[str]], Awaitable[Sequence[Definition]]]
"""Say what tools are, once: a node that is entered again is told what they were when it asked first."""


class Planner(Protocol):
    """Decide what to look for. It never sees untrusted text."""

    async def plan(self, run: Run) -> Plan:
        """Split the question of a run into lines of inquiry with their calls."""

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        """Turn the names found for a branch into follow-up branches; the names are tainted arguments."""


class Reader(Protocol):
    """Read untrusted text. It holds no tools."""

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names in the excerpts that a follow-up search should look for, best first."""

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take claims that answer the question out of the excerpts, best first."""

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the last reading for a root question had no room for."""


class Judge(Protocol):
    """Weigh claims against the words they rest on. It holds no tools."""

    async def judge(
        self, run: Run, question: str, claims: Sequence[tuple[Claim, Excerpt]]
    ) -> tuple[Verdict, ...]:
        """Say for each claim whether its evidence supports it, and which others it conflicts with."""


class Writer(Protocol):
    """Compose the answer. It holds no tools."""

    async def write(
        self, run: Run, branches: Sequence[Branch], claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> Draft:
        """Choose and order the claims that answer each line of inquiry, or none where nothing does."""


class Evidence(Protocol):
    """Keep the text of every source once, by its content."""

    async def keep(self, snapshots: Sequence[Snapshot]) -> None:
        """Store texts that are not stored yet."""

    async def texts(self, ids: Sequence[str]) -> Mapping[str, Untrusted]:
        """Return whole texts by source id, as they are stored now; an id that is not stored is left out."""

    async def snapshots(self, run: str, ids: Sequence[str]) -> Mapping[str, Snapshot]:
        """Return texts by id as a run found them; what it did not find is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedDocument:
    """Index one document: what it is and where it lies, how its file looked, its text, cut into passages.

    The id of its source is empty where it could not be read.
    """

    source: Source
    fingerprint: str
    text: Untrusted
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexHit:
    """Hold a passage the index found, and the terms of its document's title and of itself, in order."""

    span: Span
    title: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexHits:
    """Hold what the index found, best first, and how many passages and terms its collection has.

    `frequencies` gives, for each term asked for, the passages that have it and its occurrences in them;
    `sources` where the texts lie, each at the first few places by name.
    """

    passages: int
    title_terms: int
    body_terms: int
    frequencies: Mapping[str, tuple[int, int]]
    hits: tuple[IndexHit, ...]
    sources: tuple[Source, ...] = ()


class Index(Protocol):
    """Find passages by their words, one collection of documents at a time."""

    async def fingerprints(self, collection: str) -> Mapping[str, str]:
        """Return how each indexed document's file looked, by location."""

    async def update(self, collection: str, added: Sequence[IndexedDocument], removed: Sequence[str]) -> None:
        """Add or replace documents and remove locations, in one transaction."""

    async def search(self, collection: str, terms: Sequence[str], limit: int) -> IndexHits:
        """Return the passages BM25 ranks first for any of the terms; a collection unknown has none."""


class Runs(Protocol):
    """Keep one row for each accepted run."""

    async def accept(self, run: Run) -> Run:
        """Write the row of a run and return it; one accepted before is returned as it was."""

    async def mark(self, run_id: str, status: Status) -> None:
        """Write where an unfinished run stands."""

    async def reopen(self, run_id: str, options: Options) -> None:
        """Let a run that ended go on under other options."""

    async def get(self, run_id: str) -> RunRow | None:
        """Return a run by its id."""

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return runs of a person, newest first; `before` is when one was asked and its id."""

    async def tally(self) -> Mapping[Status, int]:
        """Count the runs by where they stand."""

    async def check(self) -> None:
        """Read and write; raises what keeps it from that."""


class Calls(Protocol):
    """Keep the books of calls: journal, ledger and audit, each change in one transaction."""

    async def replay(self, run: Run, branch: str, task: Task, key: str) -> Call | None:
        """Return the call when this run completed it before."""

    async def reserve(
        self, run: Run, tool: str, key: str, amount: int, model: str = ""
    ) -> tuple[CapNear, ...]:
        """Set the worst case of a call aside; raises Exhausted when that would pass a cap.

        Returns the caps that are nearly used up now and were not before.
        """

    async def end(self, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
        """Store the evidence and how the call came by it, settle, journal the call if done, and audit it."""

    async def cost(self, run_id: str) -> Cost:
        """Sum what a run spent."""

    async def room(self, run: Run) -> tuple[Cap, int] | None:
        """Return the cap of the user or the installation that has the least left, and what is used of it."""

    async def made(self, run_id: str) -> tuple[Call, ...]:
        """Return the calls that a run completed."""

    async def tally(self) -> Mapping[str, tuple[int, int]]:
        """Count for each tool the calls that reached it, and those of them that were answered."""

    async def models(self, run_id: str) -> tuple[ModelUse, ...]:
        """Return the calls a run made to models, in order: what it failed at counts since it last went on."""

    async def seal(
        self, run_id: str, crossings: Sequence[Crossed], report: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Seal the audit chain of a run with its report, and store both; return the report with the head.

        A run that was sealed before, and did not go on since, gets the report that was stored.
        """

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the audit chain of a run, in order."""


class Cache(Protocol):
    """Keep what deterministic calls brought, for every run, as long as their tools allow."""

    async def get(self, key: str) -> Call | None:
        """Return a result that has not expired; its passages are in the evidence store."""

    async def put(self, key: str, call: Call, ttl: float) -> None:
        """Keep a result for `ttl` seconds."""


class Circuits(Protocol):
    """Keep the states of the breakers over restarts."""

    async def load(self) -> Mapping[str, Circuit]:
        """Return the state of every breaker that was ever saved, by name."""

    async def save(self, name: str, circuit: Circuit) -> None:
        """Write the state of a breaker."""


class Halts(Protocol):
    """End runs early."""

    def begin(self, run_id: str, seconds: float = 0.0) -> None:
        """Let a run go on from now, for so many seconds (0: as long as it takes)."""

    def stop(self, run_id: str, why: str) -> None:
        """Interrupt every call of a run and let none begin."""

    def end(self, run_id: str) -> None:
        """Forget a run."""


class Memory(Protocol):
    """Remember what was asked."""

    async def recall(self, run: Run) -> tuple[Recollection, ...]:
        """Return earlier runs of the same user that asked the same, latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Carry everything the nodes need; only `graph.app` fills it.

    Where `bounded`, who asks is not the operator, and `defaults` bound what they may set.
    """

    planner: Planner
    reader: Reader
    judge: Judge
    writer: Writer
    toolbox: Toolbox
    evidence: Evidence
    runs: Runs
    calls: Calls
    memory: Memory
    halts: Halts
    clock: Clock
    defaults: Options
    bounded: bool = False
