"""What all search services share: a new one is a class with an address, a description and `find`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import ClassVar

from pydantic import BaseModel

from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import ToolSpec
from tools.net.endpoint import Address, Endpoint
from tools.net.http_client import HttpClient
from tools.search_results import FoundItem, SearchArguments, search_arguments, sources_in_thread

HOUR = 3600.0
DAY = 86_400.0


class SearchService(ABC):
    """Be a tool that asks one service for sources; `endpoint` is where this installation asks it."""

    address: ClassVar[Address]
    spec: ToolSpec

    def __init__(self, client: HttpClient, endpoint: Endpoint, *, clock: Clock) -> None:
        self.client = client
        self.endpoint = endpoint
        self.clock = clock
        self.spec = replace(type(self).spec, host=endpoint.host)

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a search needs neither
        """Return the best items as sources, at the price of one call."""
        asked = search_arguments(arguments)
        items = islice(await self.find(asked), asked.limit)
        return replace(await sources_in_thread(asked.query, items, self.clock()), cost=self.spec.price)

    @abstractmethod
    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return what the service found, best first; raise Unavailable, Unusable or Misconfigured."""
