from __future__ import annotations

import pytest
from pydantic import BaseModel

from evals.bench.outage import NoCircuitStore
from graph.errors import AttestError, Unavailable, Unusable
from graph.events import Announce
from graph.records import Result, Run
from tests.fakes.tools import Query
from tests.tools.call_pipeline.steps.stepping import SPEC, pending
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.steps.execute import Execute


class Pages:
    """Note what it was asked; answer, or raise."""

    def __init__(self, error: AttestError | None = None) -> None:
        self.spec = SPEC
        self.asked: list[BaseModel] = []
        self._error = error

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:
        self.asked.append(arguments)
        if self._error:
            raise self._error
        return Result(detail="fine")


def execute(tool: Pages) -> Execute:
    return Execute({"pages": tool}, CircuitBreakers(NoCircuitStore(), lambda: 0.0, lambda: 0.0))


async def test_the_tool_gets_its_valid_arguments() -> None:
    """An attempt is counted, and the price is owed until the result says what it cost."""
    tool, call = Pages(), pending()
    assert (await execute(tool)(call)).detail == "fine"
    assert (tool.asked, call.attempts, call.owed) == ([Query(query="x")], 1, 30)


def billed(error: AttestError, cost: int) -> AttestError:
    error.cost = cost
    return error


@pytest.mark.parametrize(
    ("error", "owed"),
    [
        (Unusable("empty"), 0),
        (billed(Unusable("empty"), 7), 7),
        (Unavailable("busy"), 0),
        (Unavailable("the line broke", reached=True), 30),
    ],
)
async def test_an_error_says_what_is_owed(error: AttestError, owed: int) -> None:
    """An error costs what it says; where the service may have billed, the whole price counts."""
    call = pending()
    with pytest.raises(type(error)):
        await execute(Pages(error))(call)
    assert (call.attempts, call.owed) == (1, owed)
