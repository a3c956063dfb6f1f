"""Combine what the branches found, and follow its leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from graph.events import Announce, Planned
from graph.ports import Calls, Evidence, Planner, Reader
from graph.records import Argument, Branch, Crossed, Decision, Passage, Plan, Unknown
from graph.report.excerpts import open_passages
from graph.report.rank_fusion import fuse
from graph.state import ResearchState, Update, admitted, is_stopped, planned, roots, waiting
from guards.budget import is_plan_within
from guards.outside_text import cross_lead, is_public
from guards.plan_fitting import Foresee
from guards.plan_form import is_plan_sound

MOST_PASSAGES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Plan follow-up branches from what was found."""

    planner: Planner
    reader: Reader
    evidence: Evidence
    crossed: list[Crossed] = field(default_factory=list)

    async def follow(
        self, state: ResearchState, root: Branch, found: tuple[Passage, ...]
    ) -> tuple[Branch, ...]:
        """Return the branches that search for the names found for a root question."""
        if not found:
            return ()
        excerpts = await open_passages(self.evidence, admitted(state), found)
        leads = await self.reader.leads(admitted(state), str(root.question.value), excerpts)
        private = {e.passage.span.source for e in excerpts if not is_public(e.location)}
        names = [
            name
            for lead in leads
            if (name := cross_lead(lead, self.crossed.append, private=lead.span.source in private))
        ]
        return await self._planned(state, root, names) if names else ()

    async def _planned(self, state: ResearchState, root: Branch, names: list[Argument]) -> tuple[Branch, ...]:
        frontier = [branch for branch in planned(state).branches if branch.root == root.id][-1]
        return await self.planner.follow(admitted(state), frontier, names)


async def gather(  # noqa: PLR0913 - a verb names all it works with
    state: ResearchState,
    *,
    announce: Announce,
    calls: Calls,
    forecast: Foresee,
    planner: Planner,
    reader: Reader,
    evidence: Evidence,
    tools: Collection[str],
) -> Update:
    """Rank the passages of each root question into one list; add follow-ups while the mode allows.

    While a call waits for a person there is nothing to combine yet.
    """
    if waiting(state):
        return Update()
    plan, depth = planned(state), admitted(state).options.depth
    ranked = {root.id: _rank(plan, root, state.passages) for root in roots(plan)}
    update = Update(evidence=tuple(passage for passages in ranked.values() for passage in passages))
    if is_stopped(state) or max(branch.hop for branch in plan.branches) >= depth.hops:
        return update
    follower = Follower(planner=planner, reader=reader, evidence=evidence)
    added = [b for root in roots(plan) for b in await follower.follow(state, root, ranked[root.id])]
    within = await _within(state, Plan(branches=tuple(added)), calls, forecast)
    extended = _extended(state, added, (is_plan_sound(_longer(state, added), tools), within), announce)
    return {**update, **extended, "crossed": tuple(follower.crossed)}


def _rank(plan: Plan, root: Branch, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Fuse the rankings of a root question and its follow-ups, in the order of the plan."""
    mine = [branch for branch in plan.branches if branch.root == root.id]
    return fuse([[p for p in passages if p.branch == branch.id] for branch in mine])[:MOST_PASSAGES]


async def _within(state: ResearchState, follow_ups: Plan, calls: Calls, forecast: Foresee) -> Decision:
    """Refuse follow-ups that could use money needed to read, check and write; free ones are allowed."""
    if not follow_ups.estimate:
        return Decision(allowed=True)
    run = admitted(state)
    spent = (await calls.cost(run.id)).micros
    models = forecast(run, planned(state)).worst
    return is_plan_within(follow_ups.estimate + models, spent, run.options.budget)


def _longer(state: ResearchState, added: Iterable[Branch]) -> Plan:
    return Plan(branches=(*planned(state).branches, *added))


def _extended(
    state: ResearchState, added: list[Branch], decisions: Iterable[Decision], announce: Announce
) -> Update:
    if not added:
        return Update()
    refused = next((decision for decision in decisions if not decision.allowed), None)
    if refused:
        return Update(unknowns=(Unknown(kind="follow_up_skipped", detail=refused.reason),))
    follow_ups = Plan(branches=tuple(added))
    announce(Planned(questions=tuple(str(b.question.value) for b in added), estimate=follow_ups.estimate))
    return Update(plan=_longer(state, added))
