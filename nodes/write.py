"""Write the answer."""

from __future__ import annotations

from langgraph.types import StreamWriter

from graph.events import PhaseStarted
from graph.ports import Writer
from graph.records import Clock, Phase
from graph.state import ResearchState, Update, admitted, planned


async def write(state: ResearchState, writer: StreamWriter, *, author: Writer, clock: Clock) -> Update:
    """Choose the claims that answer each root question; where none does, the sources do not say."""
    writer(PhaseStarted(phase=Phase.SYNTHESIZING))
    question, branches = admitted(state).question, planned(state).branches
    return Update(
        phase=Phase.SYNTHESIZING,
        entered={Phase.SYNTHESIZING: clock()},
        draft=await author.write(question, branches, state.claims, state.verdicts),
    )
