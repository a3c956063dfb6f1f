"""A call to take through one step, with books in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from graph.caps import CapNear
from graph.costs import Cost
from graph.errors import Exhausted
from graph.options import Options
from graph.records import Argument, Call, Outcome, Run, Snapshot, Task
from graph.tool import ToolSpec
from tests.fakes.tools import Query
from tools.call_pipeline.controls import untraced
from tools.call_pipeline.pending_call import PendingCall, call_key
from tools.call_pipeline.settlement import Settlement

RUN = Run(id="r1", question="q", options=Options(budget=100), started=0.0)
SPEC = ToolSpec(name="pages", version="1", purpose="find pages", arguments=Query, price=30)
CACHEABLE = ToolSpec(
    name="pages", version="1", purpose="find pages", arguments=Query, deterministic=True, ttl=60.0
)


class Books:
    """Play the ledger, the journal and the cache; note in `entries` what was written down."""

    def __init__(self, *, room: int = 100, near: Sequence[CapNear] = ()) -> None:
        self.room_left = room
        self.near = tuple(near)
        self.journal: dict[str, Call] = {}
        self.cached: dict[str, Call] = {}
        self.entries: list[tuple[str, Outcome]] = []
        self.stored: list[Snapshot] = []

    async def replay(self, run: Run, branch: str, task: Task, key: str) -> Call | None:
        return self.journal.get(key)

    async def reserve(
        self, run: Run, tool: str, key: str, amount: int, model: str = ""
    ) -> tuple[CapNear, ...]:
        if amount > self.room_left:
            raise Exhausted("the cap of the run is used up")
        self.room_left -= amount
        return self.near

    async def end(self, run: Run, key: str, call: Call, snapshots: Sequence[Snapshot]) -> None:
        self.entries.append((key, call.outcome))
        self.stored += snapshots

    async def get(self, key: str) -> Call | None:
        return self.cached.get(key)

    async def put(self, key: str, call: Call, ttl: float) -> None:
        self.cached[key] = call

    async def cost(self, run_id: str) -> Cost:
        return Cost()

    async def room(self, run: Run) -> None:
        return None

    async def made(self, run_id: str) -> tuple[Call, ...]:
        return ()

    async def tally(self) -> Mapping[str, tuple[int, int]]:
        return {}

    async def models(self, run_id: str) -> tuple[()]:
        return ()

    async def seal(self, run_id: str, crossings: object, report: object) -> dict[str, Any]:
        return {}

    async def chain(self, run_id: str) -> tuple[()]:
        return ()


@dataclass(kw_only=True)
class Rest:
    """Play the steps that follow: note the calls that proceed, and end them as done."""

    proceeded: list[PendingCall] = field(default_factory=list)
    outcome: Outcome = Outcome.DONE

    async def __call__(self, call: PendingCall) -> Call:
        self.proceeded.append(call)
        return call.ended(self.outcome, 2.0)


def settlement(books: Books) -> Settlement:
    """Return a settlement into those books, at second 2."""
    return Settlement(books, books, lambda: 2.0)


def pending(
    spec: ToolSpec = SPEC,
    query: object = "x",
    *,
    valid: bool = True,
    run: Run = RUN,
    **task: Any,  # noqa: ANN401  # the fields of a task
) -> PendingCall:
    """Return a call that begins at second 1; its arguments are validated unless they shall not be `valid`."""
    argument = Argument(value=query)  # type: ignore[arg-type]  # also what does not fit
    asked = Task(**{"id": "t1", "tool": spec.name, "purpose": "p", "arguments": {"query": argument}, **task})
    call = PendingCall(
        run=run,
        branch="b1",
        task=asked,
        spec=spec,
        announce=lambda event: None,  # noqa: ARG005  # nobody listens
        trace=untraced,
        started=1.0,
        price=spec.price,
    )
    if valid:
        arguments: BaseModel = Query(query=str(query))
        call.arguments, call.key = arguments, call_key(spec, arguments)
    return call
