"""Ask a chat model as a tool: return a complete answer, or fail with the cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel

from graph.costs import Tokens
from graph.errors import Unusable
from graph.events import Announce
from graph.records import Clock, Passage, Result, Run, Snapshot, Source, Span, source_id
from graph.tool import ToolSpec
from graph.untrusted import Untrusted
from tools.models.chat.answer_shape import Misshapen, schema_violation
from tools.models.chat.charge import Charge
from tools.models.chat.json_answer import json_answer, without_thoughts
from tools.models.chat.model_arguments import ModelArguments, model_arguments
from tools.models.chat.model_client import ModelClient, OpenedModel
from tools.models.chat.model_failures import AskedModel, model_error
from tools.models.chat.stream_accumulator import StreamAccumulator

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig

OnText = Callable[[Announce, str], None]
"""Pass on a piece of an answer as it comes."""
SCHEMA_IN_WORDS = "Answer with one JSON value and nothing else. It must fit this JSON Schema:"


class ChatTool:
    """Ask one model. An answer is one source of the whole text, at the location `model:<id>`."""

    def __init__(
        self,
        spec: ToolSpec,
        client: ModelClient[OpenedModel],
        *,
        whom: AskedModel,
        charge: Charge,
        clock: Clock,
        on_text: OnText | None = None,
    ) -> None:
        self.spec = spec
        self._client = client
        self._whom = whom
        self._charge = charge
        self._clock = clock
        self._on_text = on_text

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a model is not told the run
        """Return the answer.

        Raises Unusable with its cost where there is none (blocked, cut, too long, empty), Misshapen where it
        breaks its schema, and what `model_error` returns.
        """
        sent = model_arguments(arguments)
        heard = await self._heard(sent, announce)
        text = json_answer(heard.text) if sent.json_schema else without_thoughts(heard.text)
        if error := _failed(heard, text, sent, self._whom.model):
            error.cost, error.tokens = self._charge.of(heard, sent), heard.tokens
            raise error
        return self._result(text, heard, sent)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _heard(self, sent: ModelArguments, announce: Announce) -> StreamAccumulator:
        """Read the stream to its end. Without a stream the client drops the counts of a blocked prompt."""
        opened, heard = await self._client.opened(), StreamAccumulator()
        traced = _traced(sent, self._whom.model, heard, self._charge)
        pieces = opened.client.astream(_messages(sent, opened), traced, **opened.options(sent))
        try:
            async for piece in pieces:
                text = heard.add(piece)
                if text and sent.streamed and self._on_text:
                    self._on_text(announce, text)
        except opened.faults as error:
            raise model_error(error, self._whom, self._clock(), begun=heard.begun) from error
        return heard

    def _result(self, text: str, heard: StreamAccumulator, sent: ModelArguments) -> Result:
        source = Source(
            id=source_id(text),
            title=Untrusted(f"{sent.role} by {self._whom.model}"),
            location=f"model:{self._whom.model}",
            published=None,
            retrieved_at=datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
        )
        return Result(
            snapshots=(Snapshot(source=source, text=Untrusted(text)),),
            passages=(Passage(span=Span(source=source.id, start=0, end=len(text)), score=1.0),),
            cost=self._charge.of(heard, sent),
            detail=_detail(sent, heard.tokens),
            tokens=heard.tokens,
        )


def _messages(sent: ModelArguments, opened: OpenedModel) -> list[tuple[str, str]]:
    """Put what never changes first, so that a provider can keep it."""
    system = sent.system
    if sent.json_schema and not opened.native:
        system = f"{system}\n\n{SCHEMA_IN_WORDS}\n{sent.json_schema}".lstrip()
    return [("system", system), ("human", sent.user)] if system else [("human", sent.user)]


def _traced(sent: ModelArguments, model: str, heard: StreamAccumulator, charge: Charge) -> RunnableConfig:
    """Describe a call for its trace; a function gives what is known only at its end."""
    metadata = {
        "role": sent.role,
        "tier": model,
        "prompt": sent.prompt,
        "cost": lambda: charge.of(heard, sent),
        "status": lambda: heard.fault() or "done",
    }
    return {"run_name": sent.role, "tags": [sent.role], "metadata": metadata}


def _failed(heard: StreamAccumulator, text: str, sent: ModelArguments, model: str) -> Unusable | None:
    """Return why there is no answer, if there is none."""
    if fault := heard.fault():
        return Unusable(f"{model} {fault}")
    problem = schema_violation(text, sent.json_schema) if sent.json_schema else ""
    return Misshapen(f"{model} did not keep to its schema: {problem}") if problem else None


def _detail(sent: ModelArguments, tokens: Tokens | None) -> str:
    if tokens is None:
        return f"{sent.prompt} in=? out=?"
    counted = f"in={tokens.prompt} (cached {tokens.cached}) out={tokens.answer - tokens.thoughts}"
    return f"{sent.prompt} {counted} thoughts={tokens.thoughts}"
