"""Sections hold what stands, in reading order, or nothing where the sources do not say."""

from __future__ import annotations

from dataclasses import replace

from graph.records import Argument, Branch, Claim, Label, Span
from tests.tools.models.extractive.made import RUN, verdict
from tools.models.extractive.calibration import calibration
from tools.models.extractive.writer import ExtractiveWriter

WRITER = ExtractiveWriter()
ANSWER = calibration().answer
SUPPORT = calibration().support


def branch(name: str, root: str) -> Branch:
    return Branch(id=name, root=root, question=Argument(value="?"), tasks=(), hop=name.count("."))


def claim(name: str, relevance: float = 0.9, root: str = "b1") -> Claim:
    return Claim(id=name, root=root, spans=(Span(source="s", start=0, end=1),), relevance=relevance)


async def test_each_root_gets_a_section_and_follow_ups_none() -> None:
    """Sections come in the order of the root branches, each with its own claims."""
    branches = [branch("b1", "b1"), branch("b2", "b2"), branch("b1.1", "b1")]
    claims = [claim("x", root="b2"), claim("y")]
    draft = await WRITER.write(RUN, branches, claims, [verdict("x"), verdict("y")])
    assert [(section.root, section.claims) for section in draft.sections] == [("b1", ("y",)), ("b2", ("x",))]


async def test_bridge_stays_before_the_answer() -> None:
    """The reader's order is kept, whatever confirmation did to the confidence."""
    claims = [claim("bridge"), claim("answer"), claim("more", 0.5)]
    verdicts = [verdict("bridge", confidence=0.4), verdict("answer", confidence=0.9), verdict("more")]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], claims, verdicts)
    assert draft.sections[0].claims == ("bridge", "answer", "more")


async def test_root_below_the_threshold_gets_nothing() -> None:
    """When even the best claim is unlikely to answer, the sources do not say."""
    claims = [claim("x", ANSWER - 0.001), claim("y", ANSWER / 2)]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], claims, [verdict("x"), verdict("y")])
    assert draft.sections[0].claims == ()
    at = await WRITER.write(RUN, [branch("b1", "b1")], [claim("x", ANSWER)], [verdict("x")])
    assert at.sections[0].claims == ("x",)


async def test_what_says_the_same_is_one_claim() -> None:
    """Of claims that say the same the best is shown; the others are cited by it."""
    claims = [claim("x"), claim("y", 0.8), claim("z", 0.7)]
    verdicts = [
        replace(verdict("x"), same=("z",)),
        verdict("y"),
        replace(verdict("z"), same=("x",)),
    ]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], claims, verdicts)
    assert draft.sections[0].claims == ("x", "y")


async def test_unverified_claim_is_left_out() -> None:
    """A claim without support, or without a verdict, is not shown beside one that stands."""
    claims = [claim("x"), claim("y"), claim("z")]
    draft = await WRITER.write(
        RUN, [branch("b1", "b1")], claims, [verdict("x"), verdict("y", Label.UNVERIFIED)]
    )
    assert draft.sections[0].claims == ("x",)


async def test_contradicting_claims_are_both_shown() -> None:
    """Two rivals stand side by side, in the reader's order when neither is stronger."""
    verdicts = [
        verdict("x", Label.CONTRADICTED, against=("y",)),
        verdict("y", Label.CONTRADICTED, against=("x",)),
    ]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], [claim("x"), claim("y")], verdicts)
    assert draft.sections[0].claims == ("x", "y")


async def test_newer_claim_comes_before_the_stale_one() -> None:
    """The weaker of two rivals follows the stronger, and the rest keeps its place."""
    verdicts = [
        verdict("old", Label.CONTRADICTED, confidence=0.4, against=("new",)),
        verdict("new", against=("old",)),
        verdict("last"),
    ]
    claims = [claim("old"), claim("new"), claim("last")]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], claims, verdicts)
    assert draft.sections[0].claims == ("new", "old", "last")


async def test_superseded_edition_is_dropped() -> None:
    """A claim that the newer edition replaces is not shown."""
    verdicts = [verdict("old", Label.CONTRADICTED, against=("new",)), verdict("new")]
    draft = await WRITER.write(RUN, [branch("b1", "b1")], [claim("old"), claim("new")], verdicts)
    assert draft.sections[0].claims == ("new",)


async def test_no_claims_at_all_is_silence() -> None:
    """A run that found nothing still has a section for each root."""
    draft = await WRITER.write(RUN, [branch("b1", "b1")], [], [])
    assert [section.claims for section in draft.sections] == [()]
