from __future__ import annotations

from graph.records import Label, Verdict
from graph.state import Checking
from nodes.check import check
from tests.nodes.roles import CLAIM, RUN, TEXT, Roles
from tests.tools.models.roles.scripted import Library


async def test_claims_are_judged_with_their_words_and_their_sources_rated() -> None:
    """Each source of a claim is rated once, by where it was found."""
    verdict = Verdict(claim="c1", label=Label.SUPPORTED, confidence=0.9)
    judge = Roles(verdicts=(verdict,))
    checking = Checking(run=RUN, root="b1", question=RUN.question, claims=(CLAIM, CLAIM))
    found = await check(checking, judge=judge, evidence=Library([TEXT]))
    assert judge.read_texts == [TEXT, TEXT]
    assert found["verdicts"] == (verdict,)
    assert [rating.source for rating in found["ratings"]] == [CLAIM.spans[0].source]


async def test_a_source_that_is_gone_is_not_rated() -> None:
    """What is not stored has no address to be rated by, and is not judged."""
    judge = Roles()
    checking = Checking(run=RUN, root="b1", question=RUN.question, claims=(CLAIM,))
    found = await check(checking, judge=judge, evidence=Library([]))
    assert (judge.read_texts, found["ratings"]) == ([], ())
