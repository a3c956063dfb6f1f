"""The steps that admit a call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.caps import Cap, CapNear, Scope
from graph.definition import Fingerprint
from graph.errors import Refused
from graph.events import Event, Noted
from graph.records import Outcome
from tests.fakes.tools import Query
from tests.tools.call_pipeline.steps.stepping import SPEC, Books, Rest, pending, settlement
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.pending_call import call_key
from tools.call_pipeline.steps.admission_steps import (
    Authorise,
    AuthorisePrice,
    ConfirmApproval,
    Reserve,
    ValidateArguments,
)
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


async def test_arguments_that_do_not_fit_are_denied() -> None:
    """The reason names the argument, and no later step sees the call."""
    books, rest = Books(), Rest()
    ended = await ValidateArguments(settlement(books))(pending(query=["no", "string"], valid=False), rest)
    assert (ended.outcome, rest.proceeded, books.entries) == (Outcome.DENIED, [], [("", Outcome.DENIED)])
    assert "query" in ended.detail


async def test_a_valid_call_proceeds_with_its_arguments_key_and_price() -> None:
    """What a call may cost can depend on its arguments; its key is that of equal calls."""
    rest, spec = Rest(), replace(SPEC, worst=lambda arguments: len(str(arguments)))
    await ValidateArguments(settlement(Books()))(pending(spec, valid=False), rest)
    (call,) = rest.proceeded
    assert call.arguments == Query(query="x")
    assert call.key == call_key(spec, Query(query="x"))
    assert call.price == len(str(Query(query="x")))


async def test_a_price_that_is_refused_denies_the_call() -> None:
    """A tool may refuse arguments of the right shape when it works out their price."""

    def refuse(_: object) -> int:
        raise Refused("too long for the model")

    ended = await ValidateArguments(settlement(Books()))(
        pending(replace(SPEC, worst=refuse), valid=False), Rest()
    )
    assert (ended.outcome, ended.detail) == (Outcome.DENIED, "too long for the model")


async def test_a_call_proceeds_once_its_price_is_set_aside() -> None:
    """The next call has that much less room."""
    books, rest = Books(room=50), Rest()
    await Reserve(books, settlement(books))(pending(), rest)
    assert (books.room_left, len(rest.proceeded), books.entries) == (20, 1, [])


async def test_a_call_without_room_is_skipped() -> None:
    """No later step is reached; the books say that the call was skipped, and why."""
    books, rest, call = Books(room=29), Rest(), pending()
    ended = await Reserve(books, settlement(books))(call, rest)
    assert (ended.outcome, ended.fault, rest.proceeded) == (Outcome.SKIPPED, "Exhausted", [])
    assert books.entries == [(call.key, Outcome.SKIPPED)]


async def test_a_cap_that_is_nearly_used_up_is_announced() -> None:
    """A person learns of it at once, and the call proceeds."""
    near = CapNear(cap=Cap(scope=Scope.ALL, micros=100), used=80)
    books, rest, call = Books(near=[near]), Rest(), pending()
    heard: list[Event] = []
    call.announce = heard.append
    await Reserve(books, settlement(books))(call, rest)
    assert (heard, rest.proceeded) == ([Noted(text=str(near))], [call])
