"""Plan the research."""

from __future__ import annotations

from collections.abc import Collection

from graph.events import Announce, Planned
from graph.ports import Planner
from graph.state import ResearchState, Update, admitted
from guards.plan import is_plan_sound


async def plan(
    state: ResearchState, *, announce: Announce, planner: Planner, tools: Collection[str]
) -> Update:
    """Split the question into lines of inquiry; a plan that is not well formed is refused."""
    run = admitted(state)
    made = await planner.plan(run.question, run.options)
    announce(Planned(questions=tuple(str(b.question.value) for b in made.branches), estimate=made.estimate))
    return Update(plan=made, refusal=is_plan_sound(made, tools).reason)
