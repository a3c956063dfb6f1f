from __future__ import annotations

from graph.events import PhaseStarted
from graph.records import Phase
from nodes.dispatch import dispatch
from tests.nodes.roles import NOW, Heard, clock, state


async def test_the_phase_is_announced_the_first_time_only() -> None:
    """A second round of calls begins no new phase, and the first moment of the phase counts."""
    heard = Heard()
    found = await dispatch(state(), announce=heard, clock=clock)
    again = await dispatch(state(phase=Phase.ORCHESTRATING), announce=heard, clock=clock)
    assert heard == [PhaseStarted(phase=Phase.ORCHESTRATING)]
    assert found == again == {"phase": Phase.ORCHESTRATING, "entered": {Phase.ORCHESTRATING: NOW}}
