"""Write the answer."""

from __future__ import annotations

from graph.events import Announce, PhaseStarted
from graph.ports import Writer
from graph.records import Clock, Phase
from graph.state import ResearchState, Update, admitted, planned


async def write(state: ResearchState, *, announce: Announce, author: Writer, clock: Clock) -> Update:
    """Choose the claims that answer each root question; where none does, the sources do not say."""
    announce(PhaseStarted(phase=Phase.SYNTHESIZING))
    run, branches = admitted(state), planned(state).branches
    return Update(
        phase=Phase.SYNTHESIZING,
        entered={Phase.SYNTHESIZING: clock()},
        draft=await author.write(run, branches, state.claims, state.verdicts),
    )
