"""Ask a model that is played on this machine, by the client that asks the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from graph.errors import AttestError
from graph.events import Announce
from graph.options import Options
from graph.records import Clock, Result, Run
from tests.fakes.gemini import KEY, Gemini, gemini
from tools.models.chat.chat_tool import ChatTool, OnText
from tools.models.chat.model_arguments import ModelArguments
from tools.models.chat.model_factory import Tier, chat_tool
from tools.models.chat.model_pricing import Price
from tools.models.prompted_role import ModelRole
from tools.net.endpoint import Endpoint

RUN = Run(id="r1", question="q", options=Options(), started=0.0)
MODEL = "gemini-2.5-flash"
PRICES = {MODEL: Price(prompt=1_000_000, cached=100_000, answer=2_000_000)}
"""A token of the prompt costs a micro-dollar, a cached one a tenth, one of the answer two."""
SCHEMA = (
    '{"type": "object", "properties": {"score": {"type": "number", "maximum": 1}}, "required": ["score"]}'
)


def where(url: str, key: str = KEY) -> Endpoint:
    """Point at the server on this machine, and at no other."""
    assert urlsplit(url).hostname == "127.0.0.1"
    return Endpoint(name="GEMINI", url=url, key=SecretStr(key))


def question(**changed: Any) -> ModelArguments:  # noqa: ANN401  # fields of the arguments
    """Return a question to a reader."""
    fields = {"role": ModelRole.READER, "prompt": "reader@1f3a9c2b", "system": "Read.", "user": "Who?"}
    return ModelArguments.model_validate(fields | changed)


class Desk:
    """Hold a model and the server that plays it."""

    def __init__(self, fake: Gemini, tool: ChatTool) -> None:
        self.fake = fake
        self.tool = tool

    async def ask(self, announce: Announce = lambda _: None, **changed: Any) -> Result:  # noqa: ANN401  # fields of the arguments
        """Ask once, past the path."""
        return await self.tool.run(question(**changed), RUN, announce)

    async def failure(self, **changed: Any) -> AttestError:  # noqa: ANN401  # fields of the arguments
        """Return the error that a question ends with."""
        with pytest.raises(AttestError) as caught:
            await self.ask(**changed)
        return caught.value


@asynccontextmanager
async def desk(
    tier: Tier | None = None,
    *,
    key: str = KEY,
    clock: Clock = lambda: 1_792_000_000.0,
    on_text: OnText | None = None,
) -> AsyncIterator[Desk]:
    """Open a model on this machine."""
    async with gemini() as fake:
        tool = chat_tool(
            tier or Tier(id=MODEL), where(fake.url, key), prices=PRICES, clock=clock, on_text=on_text
        )
        try:
            yield Desk(fake, tool)
        finally:
            await tool.close()


def text(result: Result) -> str:
    """Return the words of an answer."""
    return result.snapshots[0].text.reveal()
