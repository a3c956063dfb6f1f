from __future__ import annotations

from dataclasses import replace

from graph.events import Planned
from graph.options import Options
from graph.records import Plan
from guards.plan_fitting import Forecast, without_models
from nodes.plan import plan
from tests.nodes.roles import PLAN, RUN, Heard, Roles, state

SOURCES = frozenset({"documents", "web"})


async def test_a_plan_is_announced_with_its_worst_case() -> None:
    """People see the questions and the most that calls and models may cost."""
    heard = Heard()
    found = await plan(
        state(),
        announce=heard,
        forecast=lambda run, made: Forecast(worst=7),  # noqa: ARG005 - given by position
        planner=Roles(),
        tools={"web"},
        sources=SOURCES,
    )
    assert heard == [Planned(questions=(RUN.question,), estimate=7)]
    assert (found["plan"], found["refusal"]) == (PLAN, "")


async def test_a_plan_with_an_unknown_tool_is_refused() -> None:
    """What cannot be called ends the run with the reason."""
    found = await plan(
        state(), announce=Heard(), forecast=without_models, planner=Roles(), tools=set(), sources=SOURCES
    )
    assert "web" in found["refusal"]


async def test_a_source_that_is_not_here_is_refused_before_planning() -> None:
    """A run that may look nowhere asks no planner."""
    run = replace(RUN, options=Options(sources=("moon",)))
    heard = Heard()
    found = await plan(
        state(run=run),
        announce=heard,
        forecast=without_models,
        planner=Roles(),
        tools={"web"},
        sources=SOURCES,
    )
    assert (found["plan"], heard) == (Plan(branches=()), [])
    assert "moon" in found["refusal"]


async def test_the_words_of_a_private_question_are_private_in_every_call() -> None:
    """A question about a person's own documents goes to no service without a yes."""
    run = replace(RUN, options=Options(private=True))
    found = await plan(
        state(run=run),
        announce=Heard(),
        forecast=without_models,
        planner=Roles(),
        tools={"web"},
        sources=SOURCES,
    )
    (branch,) = found["plan"].branches
    assert branch.question.private
    assert all(argument.private for argument in branch.tasks[0].arguments.values())
