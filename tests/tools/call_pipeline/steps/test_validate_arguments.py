from __future__ import annotations

from dataclasses import replace

from graph.errors import Refused
from graph.records import Outcome
from tests.fakes.tools import Query
from tests.tools.call_pipeline.steps.stepping import SPEC, Books, Rest, pending, settlement
from tools.call_pipeline.pending_call import call_key
from tools.call_pipeline.steps.validate_arguments import ValidateArguments


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
