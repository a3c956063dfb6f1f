"""The wordings suite counts a fact in the first claim, and silence where nothing is known."""

from __future__ import annotations

from evals.suite import Setup
from evals.suites.wordings import EverydayAnswer, measure


def answer(wanted: str, *claims: str) -> EverydayAnswer:
    return EverydayAnswer(half="seen", folder="f", question="?", wanted=wanted, claims=claims)


def test_only_the_first_claim_counts() -> None:
    """A fact in a later claim is none, and a claim on a near miss is wrong."""
    assert answer("84 metres", "It is 84 metres long.").good
    assert not answer("84 metres", "It is old.", "It is 84 metres long.").good
    assert answer("").good
    assert not answer("", "It is old.").good


async def test_it_asks_the_folders_of_both_halves() -> None:
    """One folder of each half gives a rate of facts and a rate of near misses for each."""
    result = await measure(Setup(data=None, limit=1, clock=lambda: 0.0, say=lambda _: None))
    assert [metric.n for metric in result.metrics] == [6, 6, 6, 6]
