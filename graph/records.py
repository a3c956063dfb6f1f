"""Define the values that every package uses: immutable, with no behaviour beyond their own facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph.costs import Tokens
from graph.definition import Fingerprint
from graph.immutable import Frozen
from graph.options import Options
from graph.outline import Outline
from graph.untrusted import Untrusted

Clock = Callable[[], float]  # returns the time in seconds since the epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Name one thing this run does not know, and why."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Answer the question of a guard: whether it is allowed, and why not."""

    allowed: bool
    reason: str = ""


class Phase(StrEnum):
    """Name the five phases of a run."""

    INITIALIZING = "INITIALIZING"
    ORCHESTRATING = "ORCHESTRATING"
    VALIDATING = "VALIDATING"
    SYNTHESIZING = "SYNTHESIZING"
    MONITORING = "MONITORING"


class Status(StrEnum):
    """Say where a run stands; all but the first two are also the statuses of a report."""

    RUNNING = "running"
    WAITING = "waiting"
    ANSWERED = "answered"
    PARTLY = "partly answered"
    UNANSWERED = "not answered"
    UNREACHED = "no source reached"
    NO_DOCUMENTS = "no documents"
    REFUSED = "refused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument(Frozen):
    """Hold an argument of a call, and the ids of the sources its value was taken from.

    `private` says that the value holds words of a person's own documents. With `of`, the value is a number
    from 0: the argument is the address of that source among those that the named call found.
    """

    value: str | int | float | bool
    taint: tuple[str, ...] = ()
    private: bool = False
    of: str = ""

    @property
    def tainted(self) -> bool:
        """Tell whether any part of the value came out of a source."""
        return bool(self.taint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Frozen):
    """Plan one call: which tool, with what arguments, why, after which others; `estimate` in micro-dollars.

    `fallbacks` are tools that take the same arguments; they are asked in turn while too little is found.
    `unfunded` are those that the budget has no room for; they are asked once it is raised. `approved` says
    that a person allowed this very call with the tools of `approved_as`, `rejected` is why they refused it,
    and `edited` says that they wrote it.
    """

    id: str
    tool: str
    purpose: str
    arguments: dict[str, Argument]
    needs: tuple[str, ...] = ()
    estimate: int = 0
    fallbacks: tuple[str, ...] = ()
    unfunded: tuple[str, ...] = ()
    approved: bool = False
    rejected: str = ""
    approved_as: tuple[Fingerprint, ...] = ()
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Frozen):
    """Plan one line of inquiry; a follow-up has a `hop` above 0 and the `root` it came from."""

    id: str
    root: str
    question: Argument
    tasks: tuple[Task, ...]
    hop: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Frozen):
    """Hold the lines of inquiry of a run."""

    branches: tuple[Branch, ...]

    @property
    def estimate(self) -> int:
        """Sum the worst case of every planned call, in micro-dollars."""
        return sum(task.estimate for branch in self.branches for task in branch.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Describe a text where it was found; `id` hashes its bytes, times are ISO 8601, `language` is BCP 47."""

    id: str
    title: Untrusted
    location: str
    published: str | None
    retrieved_at: str
    author: Untrusted | None = None
    language: str | None = None
    outline: str = ""  # the id of what is known of its parts there


def source_id(text: str) -> str:
    """Return the sha256 of a text's UTF-8 bytes, in hexadecimal: the id of a stored source."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Hold a source with its normalised text; `also` are other places where a run found the text."""

    source: Source
    text: Untrusted
    also: tuple[Source, ...] = ()
    outline: Outline = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Point to `text[start:end]` of a stored source, in Unicode code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Rank a span of a source for the branch that found it; a higher score is more relevant."""

    span: Span
    score: float
    branch: str = ""


class Outcome(StrEnum):
    """Say how a call ended."""

    DONE = "done"
    FAILED = "failed"
    DENIED = "denied"
    HELD = "held"  # for a person to decide
    SKIPPED = "skipped"  # not started: no budget, or a call it needs failed
    STOPPED = "stopped"  # by a person, or its deadline passed
    UNNEEDED = "unneeded"  # nothing to do, or enough was found without it


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Frozen):
    """Record a finished call; times in seconds since the epoch, cost in micro-dollars.

    The call `waited` so many seconds; its tool was asked `attempts` times, `found` so many passages and could
    cost up to `estimate`. `fault` names an error class. `sources` say how the call came by its texts: only
    the books store them.
    """

    task: str
    branch: str
    tool: str
    outcome: Outcome
    started: float
    ended: float
    cost: int = 0
    passages: tuple[Passage, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    detail: str = ""
    replayed: bool = False
    cached: bool = False
    attempts: int = 0
    waited: float = 0.0
    found: int = 0
    fault: str = ""
    estimate: int = 0
    tokens: Tokens | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Return what a tool found: passages by reference, new texts, further `sources`, and micro-dollars."""

    passages: tuple[Passage, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    sources: tuple[Source, ...] = ()
    cost: int = 0
    detail: str = ""
    skipped: tuple[Unknown, ...] = ()
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Frozen):
    """Hold a statement read from sources; `text` is None if the claim is its quotes, word for word.

    `relevance` in 0..1 is the probability that it answers its `root`. An `unchecked` claim cannot be compared
    with its quotes by words.
    """

    id: str
    root: str
    spans: tuple[Span, ...]
    relevance: float
    text: Untrusted | None = None
    unchecked: bool = False


class Label(StrEnum):
    """Say what the evidence shows about a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Frozen):
    """Judge a claim; `confidence` in 0..1, `against` names the claims it conflicts with."""

    claim: str
    label: Label
    confidence: float
    against: tuple[str, ...] = ()
    sources: int = 1  # independent sources: its own, and those of `confirmed`
    confirmed: tuple[Span, ...] = ()  # spans of other sources that say all of it
    same: tuple[str, ...] = ()  # claims that say exactly the same
    doubted: bool = False  # a model found no answer in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Frozen):
    """Answer one line of inquiry with claims, in reading order; without claims, the sources do not say."""

    root: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Frozen):
    """Hold which claims answer which line of inquiry, those the writer worded, and what it had to give up."""

    sections: tuple[Section, ...]
    written: tuple[Claim, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Log that untrusted text of a source passed a named crossing."""

    crossing: str
    source: str
    characters: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Identify a run: who asked what, under which options, since when (seconds since the epoch)."""

    id: str
    question: str
    options: Options
    started: float
