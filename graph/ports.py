"""Define what the nodes may ask of the rest of the system, as Protocols, and the object that holds it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.caps import Cap, CapNear
from graph.costs import Cost
from graph.definition import Definition
from graph.history import ModelUse, Recollection, RunRow
from graph.options import Options
from graph.outline import Outline
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
"""Return the definitions of tools. A node that runs again gets the definitions of its first run."""


class Planner(Protocol):
    """Decide what to search for. A planner never sees untrusted text."""

    async def plan(self, run: Run) -> Plan:
        """Split the question of a run into lines of inquiry with their calls."""

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        """Turn the names found for a branch into follow-up branches; the names are tainted arguments."""


class Reader(Protocol):
    """Read untrusted text. A reader holds no tools."""

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Return names in the excerpts that a follow-up search should look for, best first."""

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Return the claims in the excerpts that answer the question, best first."""

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the last reading for a root question had no room for."""


class Judge(Protocol):
    """Compare claims with their evidence. A judge holds no tools."""

    async def judge(
        self, run: Run, question: str, claims: Sequence[tuple[Claim, Excerpt]]
    ) -> tuple[Verdict, ...]:
        """Say for each claim whether its evidence supports it, and which others it conflicts with."""


class Writer(Protocol):
    """Compose the answer. A writer holds no tools."""

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
    """Hold a document for the index: its source, the fingerprint of its file, its text and passages.

    The id of its source is empty if it could not be read.
    """

    source: Source
    fingerprint: str
    text: Untrusted
    passages: tuple[Span, ...]
    outline: Outline = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexHit:
    """Hold a passage that the index found, with the terms of its document's title and its own, in order."""

    span: Span
    title: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexHits:
    """Hold what the index found, best first, with the numbers of passages and terms of the collection.

    `frequencies` gives, for each term asked for, how many passages have it and how often it occurs. `sources`
    says where the texts lie; each has its first few places by name.
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
        """Return the fingerprint of each indexed document's file, by location."""

    async def languages(self, collection: str) -> Mapping[str, int]:
        """Return how many documents of a collection are in each language; one that is not known is empty."""

    async def update(self, collection: str, added: Sequence[IndexedDocument], removed: Sequence[str]) -> None:
        """Add or replace documents and remove locations, in one transaction."""

    async def search(self, collection: str, terms: Sequence[str], limit: int) -> IndexHits:
        """Return the passages that BM25 ranks first for any of the terms; an unknown collection has none."""

    async def words(self, collection: str, beginnings: Sequence[str]) -> Sequence[str]:
        """Return the words of a collection that begin in one of these ways, in no order."""


class Runs(Protocol):
    """Store one row for each accepted run."""

    async def accept(self, run: Run) -> Run:
        """Write the row of a run and return it; one accepted before is returned as it was."""

    async def mark(self, run_id: str, status: Status) -> None:
        """Write the status of an unfinished run."""

    async def reopen(self, run_id: str, options: Options) -> None:
        """Let a finished run go on with other options."""

    async def get(self, run_id: str) -> RunRow | None:
        """Return a run by its id."""

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        """Return runs of a person, newest first; `before` is when one was asked and its id."""

    async def tally(self) -> Mapping[Status, int]:
        """Count the runs by where they stand."""

    async def check(self) -> None:
        """Read and write; raises what prevents it."""


class Calls(Protocol):
    """Keep the books of calls: journal, ledger and audit. Each change is one transaction."""

    async def replay(self, run: Run, branch: str, task: Task, key: str) -> Call | None:
        """Return the call when this run completed it before."""

    async def reserve(
        self, run: Run, tool: str, key: str, amount: int, model: str = ""
    ) -> tuple[CapNear, ...]:
        """Reserve the worst case of a call; raises Exhausted if that would pass a cap.

        Returns the caps that this reservation brought to four fifths.
        """

    async def end(self, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
        """Store the evidence and its retrievals, settle, journal the call if it is done, and audit it."""

    async def cost(self, run_id: str) -> Cost:
        """Sum what a run spent."""

    async def room(self, run: Run) -> tuple[Cap, int] | None:
        """Return the cap of the user or the installation that has the least left, and what is used of it."""

    async def made(self, run_id: str) -> tuple[Call, ...]:
        """Return the calls that a run completed."""

    async def tally(self) -> Mapping[str, tuple[int, int]]:
        """Count for each tool the calls that reached it, and those of them that were answered."""

    async def models(self, run_id: str) -> tuple[ModelUse, ...]:
        """Return the calls of a run to models, in order: failures count only since the run last went on."""

    async def seal(
        self, run_id: str, crossings: Sequence[Crossed], report: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Seal the audit chain of a run with its report, and store both; return the report with the head.

        A run that was sealed before and did not go on since gets the stored report.
        """

    async def chain(self, run_id: str) -> tuple[AuditEntry, ...]:
        """Return the audit chain of a run, in order."""


class Cache(Protocol):
    """Store the results of deterministic calls, for every run, as long as their tools allow."""

    async def get(self, key: str) -> Call | None:
        """Return a result that has not expired; its passages are in the evidence store."""

    async def put(self, key: str, call: Call, ttl: float) -> None:
        """Keep a result for `ttl` seconds."""


class Circuits(Protocol):
    """Store the states of the circuit breakers, so that they survive a restart."""

    async def load(self) -> Mapping[str, Circuit]:
        """Return the state of every breaker that was ever saved, by name."""

    async def save(self, name: str, circuit: Circuit) -> None:
        """Write the state of a breaker."""


class RunCancellation(Protocol):
    """End runs early."""

    def begin(self, run_id: str, seconds: float = 0.0) -> None:
        """Let a run go on from now, for so many seconds (0: without a limit)."""

    def stop(self, run_id: str, why: str) -> None:
        """Interrupt every call of a run and let none begin."""

    def end(self, run_id: str) -> None:
        """Forget a run."""


class Memory(Protocol):
    """Remember earlier questions."""

    async def recall(self, run: Run) -> tuple[Recollection, ...]:
        """Return earlier runs of the same user that asked the same, latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Hold everything the nodes need; only `graph.app` makes one.

    The `extractor` reads without a model. If `bounded`, the caller is not the operator, and `defaults` limit
    what the caller may set.
    """

    planner: Planner
    reader: Reader
    extractor: Reader
    judge: Judge
    writer: Writer
    toolbox: Toolbox
    evidence: Evidence
    runs: Runs
    calls: Calls
    memory: Memory
    cancellation: RunCancellation
    clock: Clock
    defaults: Options
    bounded: bool = False
