from __future__ import annotations

from dataclasses import replace

from graph.records import Passage, Phase, Span
from nodes.guard_evidence import guard_evidence
from tests.nodes.roles import PASSAGE, TEXT, Heard, clock, state
from tests.tools.models.roles.scripted import Library, whole


async def test_only_passages_of_stored_texts_pass() -> None:
    """A source that is gone and a span outside of its text are dropped and named."""
    gone = Passage(span=whole("gone"), score=0.5, branch="b1")
    outside = replace(PASSAGE, span=Span(source=PASSAGE.span.source, start=3, end=900))
    found = await guard_evidence(
        state(evidence=(PASSAGE, gone, outside), passages=(PASSAGE, gone, outside)),
        announce=Heard(),
        evidence=Library([TEXT]),
        clock=clock,
    )
    assert (found["phase"], found["evidence"]) == (Phase.VALIDATING, (PASSAGE,))
    assert [unknown.kind for unknown in found["unknowns"]] == ["evidence_dropped"] * 2


async def test_a_source_that_was_found_and_is_not_read_is_named() -> None:
    """What had no room among the evidence is no secret."""
    other = Passage(span=whole("Oats are a grass."), score=0.1, branch="b1")
    found = await guard_evidence(
        state(evidence=(PASSAGE,), passages=(PASSAGE, other)),
        announce=Heard(),
        evidence=Library([TEXT]),
        clock=clock,
    )
    assert [unknown.kind for unknown in found["unknowns"]] == ["left_out"]
