"""Start the lines of inquiry."""

from __future__ import annotations

from graph.events import Announce, PhaseStarted
from graph.records import Clock, Phase
from graph.state import ResearchState, Update


async def dispatch(state: ResearchState, *, announce: Announce, clock: Clock) -> Update:
    """Enter ORCHESTRATING; the fan-out itself is `graph.run.routes.to_investigate`."""
    if state.phase is not Phase.ORCHESTRATING:
        announce(PhaseStarted(phase=Phase.ORCHESTRATING))
    return Update(phase=Phase.ORCHESTRATING, entered={Phase.ORCHESTRATING: clock()})
