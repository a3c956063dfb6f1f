"""Write the answer."""

from __future__ import annotations

from graph.events import Announce, PhaseStarted
from graph.ports import Writer
from graph.records import Clock, Phase
from graph.state import ResearchState, Update, admitted, planned
from guards.claims.written_sentence import verdict_of


async def write(state: ResearchState, *, announce: Announce, writer: Writer, clock: Clock) -> Update:
    """Choose the claims that answer each root question; without any, the sources do not say."""
    announce(PhaseStarted(phase=Phase.SYNTHESIZING))
    run, branches = admitted(state), planned(state).branches
    draft = await writer.write(run, branches, state.claims, state.verdicts)
    verdicts = {verdict.claim: verdict for verdict in state.verdicts}
    return Update(
        phase=Phase.SYNTHESIZING,
        entered={Phase.SYNTHESIZING: clock()},
        draft=draft,
        claims=draft.written,
        unknowns=draft.unknowns,
        verdicts=tuple(verdict_of(written, state.claims, verdicts) for written in draft.written),
    )
