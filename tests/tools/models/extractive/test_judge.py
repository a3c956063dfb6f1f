"""Claims that disagree are found, copies count once, and the newer of two editions stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.reading import Excerpt
from graph.records import Claim, Label, Verdict
from tests.tools.models.extractive.made import RUN, claimed
from tools.models.extractive.calibration import calibration
from tools.models.extractive.judge import ExtractiveJudge

JUDGE = ExtractiveJudge()
WAITS = "An open Harbor breaker waits 15 seconds before the first probe."


async def judge(
    *claims: tuple[Claim, Excerpt], question: str = "How long does a breaker wait?"
) -> dict[str, Verdict]:
    return {verdict.claim: verdict for verdict in await JUDGE.judge(RUN, question, claims)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (WAITS, "An open Harbor breaker waits 60 seconds before the first probe."),
        (WAITS, "An open Harbor breaker waits twenty seconds before its first probe."),
        ("Keys in Marlin are kept for 24 hours.", "Keys in Marlin are kept for 48 hours."),
        ("Marlin keeps backups of every namespace.", "Marlin does not keep backups of a namespace."),
        ("The budget check is mandatory for each run.", "The budget check is optional for each run."),
    ],
)
async def test_disagreeing_claims_contradict_each_other(left: str, right: str) -> None:
    """Another amount, a negation or an opposite in another source's statement is a contradiction."""
    found = await judge(claimed(left, "a", title="One"), claimed(right, "b", title="Two"))
    assert {verdict.label for verdict in found.values()} == {Label.CONTRADICTED}
    assert (found["a"].against, found["b"].against) == (("b",), ("a",))
    assert all(verdict.confidence < 0.9 for verdict in found.values())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (WAITS, "Knot writes 60 invoices a second."),
        (WAITS, "A breaker waits 15 seconds, and 50 calls fit into its window."),
        ("Marlin keeps entries for 24 hours.", "Marlin keeps two copies in each region."),
        ("Marlin keeps its entries for 24 hours.", "The office in Oslo is open for 8 hours."),
        ("Retries are limited to three.", "Never retry a payment without its key."),
    ],
)
async def test_different_statements_do_not_contradict(left: str, right: str) -> None:
    """Claims about different things, or in different units, stand beside each other."""
    found = await judge(claimed(left, "a", title="One"), claimed(right, "b", title="Two"))
    assert {verdict.label for verdict in found.values()} == {Label.SUPPORTED}


async def test_two_claims_of_one_source_do_not_contradict() -> None:
    """A table that gives several amounts is not at odds with itself."""
    text = "The free plan allows 5 searches. The free plan allows 9 searches."
    first, made = claimed(text, "a")
    cut = text.index(" The")
    left = replace(first, spans=(replace(first.spans[0], end=cut),))
    right = replace(first, id="b", spans=(replace(first.spans[0], start=cut + 1),))
    found = await judge((left, made), (right, made))
    assert {verdict.label for verdict in found.values()} == {Label.SUPPORTED}


async def test_dated_conflict_is_kept_and_the_newer_stays_supported() -> None:
    """When sources of different dates disagree, the older claim loses and both name each other."""
    old = claimed(
        "An open Harbor breaker waits 60 seconds before the first probe.",
        "old",
        title="Talk",
        published="2022-01-01",
    )
    new = claimed(WAITS, "new", title="Handbook", published="2026-01-01")
    found = await judge(old, new)
    assert (found["old"].label, found["new"].label) == (Label.CONTRADICTED, Label.SUPPORTED)
    assert (found["old"].against, found["new"].against) == (("new",), ("old",))
    assert found["old"].confidence < found["new"].confidence


async def test_older_edition_is_superseded() -> None:
    """An older edition of the same work is contradicted by the newer, which takes no notice of it."""
    old = claimed(
        "An open breaker waits a fixed 60 seconds.", "old", title="Policy (2022)", published="2022-03-07"
    )
    new = claimed("An open breaker waits 15 seconds.", "new", title="Policy", published="2026-02-16")
    found = await judge(old, new)
    assert (found["old"].label, found["old"].against) == (Label.CONTRADICTED, ("new",))
    assert (found["new"].label, found["new"].against) == (Label.SUPPORTED, ())


async def test_question_about_the_past_keeps_the_older_edition() -> None:
    """Who asks how it was gets both editions, as rivals."""
    old = claimed("An open breaker waits 60 seconds.", "old", title="Policy (2022)", published="2022-03-07")
    new = claimed("An open breaker waits 15 seconds.", "new", title="Policy", published="2026-02-16")
    found = await judge(old, new, question="How long did a breaker wait in 2022?")
    assert found["new"].against == ("old",)


async def test_near_copies_count_as_one_source() -> None:
    """A text copied into another source confirms nothing; the same said in other words does."""
    copy = await judge(claimed(WAITS, "a", title="One"), claimed(WAITS, "b", title="Mirror"))
    assert {verdict.sources for verdict in copy.values()} == {1}
    own = "Before its first probe, a Harbor breaker that is open waits for 15 seconds."
    both = await judge(claimed(WAITS, "a", title="One"), claimed(own, "b", title="Two"))
    assert {verdict.sources for verdict in both.values()} == {2}
    assert both["a"].confidence > copy["a"].confidence


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The ferry lands at pier seven.", "The ferry lands at pier nine."),
        ("Dunmere is the capital of Ostrava.", "Felgate is the capital of Ostrava."),
        ("The X100 weighs 14 kg.", "The X200 weighs 21 kg."),
        ("It waits 15 seconds before a probe.", "Before a probe it waits for 15 seconds."),
    ],
)
async def test_a_source_that_speaks_of_something_else_confirms_nothing(left: str, right: str) -> None:
    """Likeness is no support: each claim stands on one source, and cites no other."""
    found = await judge(claimed(left, "a", title="One"), claimed(right, "b", title="Two"))
    assert {(verdict.sources, verdict.confirmed, verdict.same) for verdict in found.values()} == {(1, (), ())}


async def test_each_source_that_counts_is_cited() -> None:
    """A claim names the words of every source that is counted for it, and of none that is a copy."""
    own = "Before its first probe, a Harbor breaker that is open waits for 15 seconds."
    first, second = claimed(WAITS, "a", title="One"), claimed(own, "b", title="Two")
    copy = claimed(WAITS, "c", title="Mirror")
    found = await judge(first, second, copy)
    assert (found["a"].sources, found["a"].confirmed) == (2, second[0].spans)
    assert found["b"].sources == 2
    assert set(found["a"].same) == {"b", "c"}


async def test_who_says_less_does_not_confirm_who_says_more() -> None:
    """A claim of two statements is confirmed by a source of both, and not by a source of one."""
    both = "The Marlin store keeps entries for 24 hours, and the Knot store keeps entries for 7 days."
    one = claimed("Entries are kept for 24 hours by the Marlin store.", "one", title="One")
    two = claimed(both, "two", title="Two")
    found = await judge(one, two)
    assert (found["one"].sources, found["two"].sources) == (2, 1)
    assert found["one"].same == found["two"].same == ()


async def test_an_edition_does_not_confirm_another() -> None:
    """Two editions of one work are one source."""
    old = claimed(WAITS, "old", title="Policy (2022)", published="2022-03-07")
    own = "Before the first probe, an open Harbor breaker waits 15 s."
    new = claimed(own, "new", title="Policy", published="2026-02-16")
    found = await judge(old, new)
    assert found["new"].sources == 1


async def test_what_is_too_unlikely_contradicts_nothing() -> None:
    """A claim that does not reach support leaves a good one as it is."""
    weak = claimed(
        "An open Harbor breaker waits 60 seconds before the first probe.",
        "weak",
        title="Two",
        relevance=calibration().support / 2,
    )
    found = await judge(claimed(WAITS, "good", title="One"), weak)
    assert (found["good"].label, found["good"].against) == (Label.SUPPORTED, ())
    assert found["good"].confidence == 0.9
    assert (found["weak"].label, found["weak"].against) == (Label.UNVERIFIED, ())


async def test_unlikely_claim_is_unverified() -> None:
    """A claim below the support threshold is labelled as such."""
    found = await judge(claimed(WAITS, "a", relevance=calibration().support / 2))
    assert found["a"].label is Label.UNVERIFIED


async def test_every_claim_gets_one_verdict_in_order() -> None:
    """Verdicts come one for each claim, in the order of the claims."""
    claims = [claimed(f"Statement number {at} stands alone.", str(at), title=str(at)) for at in range(6)]
    assert [verdict.claim for verdict in await JUDGE.judge(RUN, "?", claims)] == [str(at) for at in range(6)]


async def test_each_sentence_of_a_claim_is_compared() -> None:
    """A claim of two sentences is contradicted by another source that denies one of them."""
    two = claimed("The mill of Orr grinds rye. The mill of Orr has 4 floors.", "c1")
    one = claimed("The mill of Orr has 7 floors.", "c2")
    first, second = await ExtractiveJudge().judge(RUN, "How many floors has the mill of Orr?", [two, one])
    assert (first.against, second.against) == (("c2",), ("c1",))
