from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.definition import Fingerprint
from graph.records import Outcome
from tests.tools.call_pipeline.steps.stepping import SPEC, Books, Rest, pending, settlement
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.steps.authorise import Authorise, AuthorisePrice, ConfirmApproval
from tools.call_pipeline.tool_definitions import define_tool

WRITING = replace(SPEC, effects="write")
COSTLY = replace(SPEC, worst=lambda _: 30)


@pytest.fixture
def authority() -> Authority:
    return Authority(None, clock=lambda: 0.0)


async def test_a_call_that_no_policy_permits_is_denied_and_written_down(authority: Authority) -> None:
    """A write without approval ends here, with the reason, and under no key: nothing was reserved."""
    books, rest = Books(), Rest()
    ended = await Authorise(authority, settlement(books))(pending(WRITING, valid=False), rest)
    assert (ended.outcome, ended.fault, rest.proceeded) == (Outcome.DENIED, "Refused", [])
    assert "approve" in ended.detail
    assert books.entries == [("", Outcome.DENIED)]


async def test_a_permitted_call_proceeds(authority: Authority) -> None:
    """Reading is permitted, and nothing is written down yet."""
    books, rest = Books(), Rest()
    await Authorise(authority, settlement(books))(pending(valid=False), rest)
    assert (len(rest.proceeded), books.entries) == (1, [])


@pytest.mark.parametrize(("spec", "outcome"), [(SPEC, Outcome.DONE), (COSTLY, Outcome.DENIED)])
async def test_the_policy_is_asked_again_only_for_a_price_that_arguments_set(
    authority: Authority, spec: object, outcome: Outcome
) -> None:
    """A person's no makes the difference visible: it is seen only where the policy is asked again."""
    call = pending(COSTLY if spec is COSTLY else SPEC, rejected="too dear")
    ended = await AuthorisePrice(authority, settlement(Books()))(call, Rest())
    assert ended.outcome is outcome


@pytest.mark.parametrize(
    ("task", "outcome"),
    [
        ({}, Outcome.DONE),
        ({"approved": True, "approved_as": (define_tool(SPEC).fingerprint,)}, Outcome.DONE),
        ({"approved": True, "approved_as": (Fingerprint(tool="pages", parts={}),)}, Outcome.DENIED),
    ],
    ids=["never approved", "approved as it is", "approved as another"],
)
async def test_an_approval_holds_for_the_tool_that_was_approved(
    authority: Authority, task: dict[str, Any], outcome: Outcome
) -> None:
    """A call whose tool changed since a person approved it is not made."""
    books = Books()
    ended = await ConfirmApproval(authority, settlement(books))(pending(**task), Rest())
    assert ended.outcome is outcome
    assert ("ask again" in ended.detail) == bool(books.entries) == (outcome is Outcome.DENIED)
