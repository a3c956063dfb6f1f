from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.definition import Definition
from graph.events import Announce, Noted
from graph.options import Options
from graph.records import Call, Run, Task, Unknown
from graph.tool import Hold, ToolSpec, ToolState
from guards.answer_status import NO_DOCUMENTS
from nodes.recall import REFRESH, recall
from tests.nodes.roles import RUN, Earlier, Heard, call, state

GAP = Unknown(kind="skipped", detail="a.bin")


class Toolbox:
    """Bring the index up to date, and name a file that could not be read."""

    def __init__(self) -> None:
        self.called: list[Task] = []

    def specs(self) -> tuple[ToolSpec, ...]:
        return ()

    async def call(self, run: Run, branch: str, task: Task, announce: Announce) -> Call:
        self.called.append(task)
        return replace(call(task.id, branch=branch), unknowns=(GAP,))

    async def hold(self, run: Run, task: Task) -> Hold | None:
        raise NotImplementedError

    async def define(self, tools: Sequence[str]) -> tuple[Definition, ...]:
        raise NotImplementedError

    async def states(self) -> tuple[ToolState, ...]:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError


async def test_the_documents_are_brought_up_to_date_and_an_earlier_run_is_named() -> None:
    """What was asked before is said at once; what cannot be read is a gap of this run."""
    heard, toolbox = Heard(), Toolbox()
    found = await recall(state(), announce=heard, memory=Earlier(), toolbox=toolbox)
    assert toolbox.called == [REFRESH]
    assert heard == [Noted(text="asked before: attest show r0")]
    assert (found["recalled"][0].run, found["unknowns"]) == ("r0", (GAP,))


async def test_a_run_that_looks_elsewhere_reads_no_documents() -> None:
    """The index is left alone where the run does not search it."""
    toolbox = Toolbox()
    run = replace(RUN, options=Options(docs=("/docs",), sources=("web",)))
    found = await recall(state(run=run), announce=Heard(), memory=Earlier(), toolbox=toolbox)
    assert toolbox.called == []
    assert "unknowns" not in found


async def test_a_run_without_documents_says_so() -> None:
    """Whoever names no folder learns which setting names one."""
    toolbox = Toolbox()
    run = replace(RUN, options=Options())
    found = await recall(state(run=run), announce=Heard(), memory=Earlier(), toolbox=toolbox)
    assert toolbox.called == []
    assert [unknown.kind for unknown in found["unknowns"]] == [NO_DOCUMENTS]
