"""Plan the research."""

from __future__ import annotations

from collections.abc import Collection

from graph.events import Announce, Planned
from graph.ports import Planner
from graph.records import Plan
from graph.state import ResearchState, Update, admitted
from guards.option_bounds import are_sources_known
from guards.outages import unplanned
from guards.outside_text import kept_private
from guards.plan_fitting import Foresee
from guards.plan_form import is_plan_sound


async def plan(
    state: ResearchState,
    *,
    announce: Announce,
    forecast: Foresee,
    planner: Planner,
    tools: Collection[str],
    sources: Collection[str],
) -> Update:
    """Split the question into lines of inquiry; a plan that is not well formed is refused."""
    run = admitted(state)
    known = are_sources_known(run.options.sources, sources)
    if not known.allowed:
        return Update(plan=Plan(branches=()), refusal=known.reason)
    made = kept_private(await planner.plan(run)) if run.options.private else await planner.plan(run)
    worst = made.estimate + forecast(run, made).worst
    announce(Planned(questions=tuple(str(b.question.value) for b in made.branches), estimate=worst))
    return Update(plan=made, unknowns=tuple(unplanned(made)), refusal=is_plan_sound(made, tools).reason)
