from __future__ import annotations

from langchain_core.runnables import RunnableConfig

from graph.options import Mode, Options
from graph.records import Phase
from nodes.guard_request import guard_request
from tests.nodes.roles import NOW, Heard, Rows, clock, state

CONFIG: RunnableConfig = {"configurable": {"thread_id": "r1"}}
DEFAULTS = Options(budget=500)


async def test_the_row_is_written_with_the_options_that_were_asked_for() -> None:
    """The run is named by its thread, and what is left out is as the operator set it."""
    rows = Rows()
    found = await guard_request(
        state(options={"mode": "quick"}),
        CONFIG,
        announce=Heard(),
        runs=rows,
        clock=clock,
        defaults=DEFAULTS,
        bounded=False,
    )
    (run,) = rows.accepted
    assert (run.id, run.options.mode, run.options.budget, run.started) == ("r1", Mode.QUICK, 500, NOW)
    assert (found["refusal"], found["entered"]) == ("", {Phase.INITIALIZING: NOW})


async def test_options_beyond_their_bounds_are_refused_where_the_caller_is_not_the_operator() -> None:
    """A refused run has a row too, with the options of the operator."""
    rows = Rows()
    found = await guard_request(
        state(options={"budget": 501}),
        CONFIG,
        announce=Heard(),
        runs=rows,
        clock=clock,
        defaults=DEFAULTS,
        bounded=True,
    )
    assert "budget" in found["refusal"]
    assert rows.accepted[0].options == DEFAULTS


async def test_a_question_that_is_no_text_is_refused() -> None:
    """Studio sends whatever JSON it is given."""
    found = await guard_request(
        state(question=["Who?"]),
        CONFIG,
        announce=Heard(),
        runs=Rows(),
        clock=clock,
        defaults=DEFAULTS,
        bounded=True,
    )
    assert found["refusal"] == "question: write it as text"
