from __future__ import annotations

from graph.records import Draft, Label, Outcome, Section, Verdict
from nodes.guard_report import guard_report
from tests.nodes.roles import CLAIM, call, state

GROUPS = {"web": "web"}


async def test_lost_calls_and_doubts_are_said() -> None:
    """A failed call, a claim on one source and a question without an answer stand beside the answer."""
    verdict = Verdict(claim="c1", label=Label.SUPPORTED, confidence=0.9)
    found = await guard_report(
        state(
            calls=(call("t1", Outcome.FAILED, detail="no answer"),),
            claims=(CLAIM,),
            verdicts=(verdict,),
            draft=Draft(sections=(Section(root="b1", claims=("c1",)), Section(root="b1", claims=()))),
        ),
        groups=GROUPS,
    )
    kinds = [unknown.kind for unknown in found["unknowns"]]
    assert {"unanswered", "single_source"} <= {*kinds}
    assert any("no answer" in unknown.detail for unknown in found["unknowns"])


async def test_an_answer_that_lacks_nothing_has_no_doubt_beside_it() -> None:
    """A claim on two sources, and no lost call: nothing is named."""
    verdict = Verdict(claim="c1", label=Label.SUPPORTED, confidence=0.9, sources=2)
    draft = Draft(sections=(Section(root="b1", claims=("c1",)),))
    found = await guard_report(
        state(calls=(call("t1"),), claims=(CLAIM,), verdicts=(verdict,), draft=draft), groups=GROUPS
    )
    assert found["unknowns"] == ()
