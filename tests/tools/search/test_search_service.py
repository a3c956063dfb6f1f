from __future__ import annotations

from collections.abc import Iterable

import pytest
from pydantic import BaseModel

from graph.errors import Misconfigured
from graph.tool import ToolSpec
from tests.tools.search.asking import RUN, Desk
from tools.net.endpoint import Address, Endpoint
from tools.search.search_service import SearchService
from tools.search_results import FoundItem, SearchArguments


class Almanac(SearchService):
    """Find more than it was asked for."""

    address = Address(name="ALMANAC", url="https://almanac.example")
    spec = ToolSpec(name="almanac", version="1", purpose="find days", arguments=SearchArguments, price=7)

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        return (
            FoundItem(title=f"{asked.query} {day}", url=f"https://almanac.example/{day}", text=f"Day {day}.")
            for day in range(99)
        )


class NoArguments(BaseModel):
    """Be the arguments of another tool."""


async def test_a_service_needs_an_address_a_description_and_what_it_finds(desk: Desk) -> None:
    """What it finds becomes sources, no more than were asked for, at the price of one call."""
    result = await desk.ask(Almanac, "tide", limit=3)
    assert [snapshot.source.title.reveal() for snapshot in result.snapshots] == ["tide 0", "tide 1", "tide 2"]
    assert (result.cost, len(result.passages)) == (7, 3)


async def test_a_service_is_described_at_the_host_where_it_is_asked(desk: Desk) -> None:
    """A person who approves a call sees the host of this installation; the class itself names none."""
    made: list[Almanac] = []

    def make(*placed: object, **clock: object) -> Almanac:
        made.append(Almanac(*placed, **clock))  # type: ignore[arg-type]  # as the desk gives them
        return made[0]

    await desk.ask(make)
    assert made[0].spec.host == f"{desk.server.host}:{desk.server.port}"
    assert Almanac.spec.host == ""


async def test_a_search_takes_the_arguments_of_a_search(desk: Desk) -> None:
    """Those of another tool are a mistake in the wiring."""
    where = Endpoint(name="ALMANAC", url="https://almanac.example")
    almanac = Almanac(desk.client, where, clock=lambda: 0.0)
    with pytest.raises(Misconfigured, match="NoArguments"):
        await almanac.run(NoArguments(), RUN, lambda _: None)
