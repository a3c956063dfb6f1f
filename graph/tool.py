"""Define what a tool is to the other packages: its description, and the Protocols around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable

from pydantic import BaseModel

from graph.definition import Definition
from graph.events import Announce
from graph.records import Call, Result, Run, Task


class Group(StrEnum):
    """Name the groups of tools: a run chooses sources by them, and a policy names them."""

    DOCUMENTS = "documents"
    WEB = "web"
    SCHOLARLY = "scholarly"
    COMMUNITY = "community"
    PAGE = "page"
    COMPUTE = "compute"
    MCP = "mcp"
    MODEL = "model"


SEARCHED = (Group.WEB, Group.SCHOLARLY, Group.COMMUNITY)
"""The groups in which a search asks one service after the other."""


class Trust(StrEnum):
    """Say who answers for what a tool returns."""

    OPERATOR = "operator"
    """The operator of this installation chose it."""
    CURATED = "curated"
    """Somebody is named for it and answers for it: a journal, an index, an encyclopaedia."""
    OPEN = "open"
    """Anybody may have written it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpec:
    """Describe a tool: price in micro-dollars a call; latency, timeout, patience and ttl in seconds.

    `timeout` limits one attempt, and `patience` the whole call with its waits and retries. `at_once` limits
    the calls in flight; `rate` is written as `limits` writes it ("3/second", empty: unlimited). The result of
    a deterministic tool is cached for `ttl` seconds: equal arguments give equal results for that long.
    `domain` names the host that a call burdens, where calls burden different hosts. A misconfigured tool ends
    the run if it is `essential`; any other fails its own call. `worst` says what a call may cost where that
    depends on its arguments, and `model` whom it pays. A call goes to `host`, which is empty for this
    machine; a `server` that offers the tool describes it in `says` and `annotations`.
    """

    name: str
    version: str
    purpose: str
    arguments: type[BaseModel]
    group: Group = Group.DOCUMENTS
    effects: Literal["read", "write"] = "read"
    deterministic: bool = False
    price: int = 0
    latency: float = 1.0
    timeout: float = 30.0
    patience: float = 60.0
    attempts: int = 3
    at_once: int = 8
    rate: str = ""
    ttl: float = 0.0
    trust: Trust = Trust.OPEN
    essential: bool = False
    domain: Callable[[BaseModel], str] | None = None
    worst: Callable[[BaseModel], int] | None = None
    model: str = ""
    host: str = ""
    server: str = ""
    says: str = ""
    annotations: str = ""


def known_sources(specs: Sequence[ToolSpec]) -> frozenset[str]:
    """Return what a run may name as its sources: the search tools, and the groups that have one."""
    searching = [spec for spec in specs if spec.group in SEARCHED]
    named = {*(str(spec.group) for spec in searching), *(spec.name for spec in searching)}
    return frozenset({str(Group.DOCUMENTS), "documents.search", *named})


class Tool(Protocol):
    """Do one kind of work for a run."""

    @property
    def spec(self) -> ToolSpec:
        """Describe the tool."""

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        """Do the work; raise Unavailable, Unusable or Misconfigured."""


@runtime_checkable
class Offered(Tool, Protocol):
    """Be a tool that a server offers; the server may later offer another one under its name."""

    async def renew(self) -> None:
        """Ask the server for the tool again; raises Unavailable, or Unusable if it is no longer offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolState:
    """Report the state of a tool: the setting it is `missing`, its breaker, and how its calls ended.

    `open_until` is in seconds since the epoch, 0 while its breaker is closed.
    """

    spec: ToolSpec
    missing: str = ""
    open_until: float = 0.0
    calls: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Say why a call waits for a person, what it calls, and what it may cost at most, in micro-dollars."""

    reason: str
    definition: Definition
    estimate: int = 0


class Toolbox(Protocol):
    """Make calls through the call pipeline."""

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the descriptions of all tools."""

    async def hold(self, run: Run, task: Task) -> Hold | None:
        """Say why a call must wait for a person, if it must; nothing is reserved, called or stored."""

    async def define(self, tools: Sequence[str]) -> tuple[Definition, ...]:
        """Return the definitions of tools as they are now; an unknown one is left out."""

    async def call(self, run: Run, branch: str, task: Task, announce: Announce) -> Call:
        """Make one call, or replay it when this run completed it before; a failure is a Call too."""

    async def states(self) -> tuple[ToolState, ...]:
        """Return the state of each tool, including those that lack a setting."""

    async def close(self) -> None:
        """Write what is only in memory."""
