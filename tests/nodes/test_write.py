from __future__ import annotations

from graph.events import PhaseStarted
from graph.records import Phase
from nodes.write import write
from tests.nodes.roles import CLAIM, NOW, Heard, Roles, clock, state


async def test_the_draft_is_the_writers_and_the_phase_begins() -> None:
    """The writer chooses among the claims of the state; a draft without own sentences adds no claim."""
    heard = Heard()
    found = await write(state(claims=(CLAIM,)), announce=heard, writer=Roles(), clock=clock)
    assert heard == [PhaseStarted(phase=Phase.SYNTHESIZING)]
    assert found["draft"].sections[0].claims == ("c1",)
    assert (found["claims"], found["verdicts"]) == ((), ())
    assert found["entered"] == {Phase.SYNTHESIZING: NOW}
