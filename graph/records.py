"""Values the whole house speaks in: frozen, slotted, without behaviour beyond their own facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph.costs import Tokens
from graph.definition import Fingerprint
from graph.immutable import Frozen
from graph.options import Options
from graph.untrusted import Untrusted

Clock = Callable[[], float]  # returns the time in seconds since the epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Name one thing this run does not know, and why."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Answer a guard's question: whether it may go on, and why not."""

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
    """Hold one argument of a call and the ids of the sources its value was taken from.

    `private` says that the value holds words of a person's own documents. With `of`, the value is a number
    from 0: the argument is the address of that source among those the call of that name found.
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
    """Plan one call: which tool, with what, why, after which others; `estimate` in micro-dollars.

    `fallbacks` are tools that take the same arguments, asked in turn while too little is found; `unfunded`
    are those for which the budget has no room, asked once it is raised. Of this very call a person said that
    it is `approved`, as what its tools were then, or why it is `rejected`; one they wrote is `edited`.
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
    """Plan one line of inquiry; a follow-up has a `hop` above 0 and serves the `root` it came from."""

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
    """Describe a text where it was found; `id` hashes its bytes, times are ISO 8601, `language` BCP 47."""

    id: str
    title: Untrusted
    location: str
    published: str | None
    retrieved_at: str
    author: Untrusted | None = None
    language: str | None = None


def source_id(text: str) -> str:
    """Return the sha256 of a text's UTF-8 bytes, in hexadecimal: the id of a stored source."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Hold a source together with its normalised text; `also` are other places where a run found the text."""

    source: Source
    text: Untrusted
    also: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Point at `text[start:end]` of a stored source, in Unicode code points."""

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

    It `waited` so many seconds; the tool was asked `attempts` times, `found` so many passages and could cost
    `estimate`. `fault` names an error class. `sources` say how it came by a text: the books hold them alone.
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
    """Return what a tool found: passages by reference, new texts, more `sources` of texts, micro-dollars."""

    passages: tuple[Passage, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    sources: tuple[Source, ...] = ()
    cost: int = 0
    detail: str = ""
    skipped: tuple[Unknown, ...] = ()
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Frozen):
    """Hold a statement read out of sources; `text` is None when the claim is its quotes, verbatim.

    `relevance` in 0..1 is how probably it answers its `root`; words cannot compare an `unchecked` one.
    """

    id: str
    root: str
    spans: tuple[Span, ...]
    relevance: float
    text: Untrusted | None = None
    unchecked: bool = False


class Label(StrEnum):
    """Say what the evidence does for a claim."""

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
    sources: int = 1  # that say it independently: its own, and those of `confirmed`
    confirmed: tuple[Span, ...] = ()  # the words of other sources that say all it says
    same: tuple[str, ...] = ()  # the claims that say no more and no less
    doubted: bool = False  # a model found no answer in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Frozen):
    """Answer one line of inquiry with claims, in reading order; no claims means the sources do not say."""

    root: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Frozen):
    """Hold what the writer made: which claims answer which line of inquiry, and those it worded itself."""

    sections: tuple[Section, ...]
    written: tuple[Claim, ...] = ()


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
