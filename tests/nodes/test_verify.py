"""What is cited is cut again out of the stored bytes; what does not stand is dropped, and not counted."""

from __future__ import annotations

from graph.records import Claim, Draft, Label, Section, Span, Verdict
from graph.state import ResearchState
from nodes.verify import verify
from tests.tools.models.roles.scripted import Library, whole

OWN, OTHER, THIRD = "Rye is a grass.", "A grass is what rye is.", "Rye, they say, is a grass."
CLAIM = Claim(id="c", root="b1", spans=(whole(OWN),), relevance=0.9)


def state(*confirmed: Span) -> ResearchState:
    verdict = Verdict(
        claim="c", label=Label.SUPPORTED, confidence=0.9, sources=1 + len(confirmed), confirmed=confirmed
    )
    draft = Draft(sections=(Section(root="b1", claims=("c",)),))
    return ResearchState(claims=(CLAIM,), verdicts=(verdict,), draft=draft)


async def test_a_confirmation_that_stands_is_counted() -> None:
    """Sources whose words are still stored stay cited."""
    found = await verify(state(whole(OTHER), whole(THIRD)), evidence=Library([OWN, OTHER, THIRD]))
    (verdict,) = found["verdicts"]
    assert (verdict.sources, verdict.confirmed) == (3, (whole(OTHER), whole(THIRD)))


async def test_a_confirmation_that_does_not_stand_is_not_counted() -> None:
    """A source that is gone, or a span outside of its text, confirms nothing; the claim itself stays."""
    outside = Span(source=whole(THIRD).source, start=4, end=900)
    found = await verify(state(whole(OTHER), outside), evidence=Library([OWN, THIRD]))
    (verdict,) = found["verdicts"]
    assert (verdict.sources, verdict.confirmed) == (1, ())
    assert found["draft"].sections[0].claims == ("c",)
