"""Ask a provider for vectors as a tool: each call goes through the call pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel

from graph.costs import Tokens
from graph.embedder import Vector
from graph.errors import Unusable
from graph.events import Announce
from graph.records import Clock, Passage, Result, Run, Snapshot, Source, Span, source_id
from graph.tool import Group, ToolSpec, Trust
from graph.untrusted import Untrusted
from tools.models.chat.model_client import ModelClient
from tools.models.chat.model_failures import AskedModel, model_error
from tools.models.chat.model_pricing import Bill
from tools.models.embedding.embedding_arguments import (
    EmbeddingArguments,
    EmbeddingPurpose,
    embedding_arguments,
)
from tools.models.embedding.embedding_client import OpenedEmbeddings
from tools.models.embedding.quantise import quantised, written

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

PREFIX = "embedding."


class EmbeddingTool:
    """Ask one model. Its answer is one source of all vectors, at the location `embedding:<id>`.

    LangChain's interface tells no number of tokens, so a call costs what it reserved: a token a byte.
    """

    def __init__(
        self, client: ModelClient[OpenedEmbeddings], *, whom: AskedModel, bill: Bill, clock: Clock, ttl: float
    ) -> None:
        self._client = client
        self._whom = whom
        self._bill = bill
        self._clock = clock
        self.spec = ToolSpec(
            name=f"{PREFIX}{whom.model}",
            version=f"1-{hashlib.sha256(whom.where.url.encode()).hexdigest()[:8]}",
            purpose=f"turn texts into vectors by {whom.model}",
            arguments=EmbeddingArguments,
            group=Group.MODEL,
            deterministic=True,
            latency=0.5,
            timeout=20.0,
            patience=25.0,
            attempts=2,
            ttl=ttl,
            trust=Trust.OPERATOR,
            worst=self._worst,
            model=whom.model,
        )

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a model is not told the run
        """Return the vectors, in order; raise what `model_error` returns, or Unusable for a wrong answer."""
        sent = embedding_arguments(arguments)
        opened = await self._client.opened()
        try:
            found = await _asked(opened.client, sent)
        except opened.faults as error:
            raise model_error(error, self._whom, self._clock(), begun=False) from error
        try:
            return self._result(written(_sound(found, len(sent.texts))), sent)
        except Unusable as error:
            error.cost = self._worst(sent)
            raise

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _worst(self, arguments: BaseModel) -> int:
        return self._bill.of(Tokens(prompt=embedding_arguments(arguments).most_tokens, answer=0))

    def _result(self, text: str, sent: EmbeddingArguments) -> Result:
        source = Source(
            id=source_id(text),
            title=Untrusted(f"vectors by {self._whom.model}"),
            location=f"embedding:{self._whom.model}",
            published=None,
            retrieved_at=datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
        )
        return Result(
            snapshots=(Snapshot(source=source, text=Untrusted(text)),),
            passages=(Passage(span=Span(source=source.id, start=0, end=len(text)), score=1.0),),
            cost=self._worst(sent),
            detail=f"{len(sent.texts)} of kind {sent.purpose}",
        )


async def _asked(client: Embeddings, sent: EmbeddingArguments) -> Sequence[Sequence[float]]:
    if sent.purpose is EmbeddingPurpose.QUERY:
        return [await client.aembed_query(text) for text in sent.texts]
    return await client.aembed_documents(sent.texts)


def _sound(found: Sequence[Sequence[float]], wanted: int) -> list[Vector]:
    """Return the vectors of an answer; raise Unusable if they are too few or differ in size."""
    vectors = [quantised(values) for values in found]
    if len(vectors) != wanted or len({len(vector) for vector in vectors}) != 1:
        raise Unusable(f"{len(vectors)} vectors came back for {wanted} texts, or of different sizes")
    return vectors
