"""Make vectors by a provider: each request is a call of its own, within the call that needs it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from graph.embedder import Vector
from graph.errors import AttestError, Exhausted, Refused, Unavailable
from graph.events import Announce, CallFinished, CallStarted, Event
from graph.ports import Evidence
from graph.records import Argument, Call, Outcome, Run, Task
from graph.tool import Toolbox
from graph.untrusted import Untrusted
from tools.models.embedding.embedding_arguments import EmbeddingPurpose
from tools.models.embedding.embedding_tool import EmbeddingTool
from tools.models.embedding.quantise import read

BATCH = 16
"""LangChain cuts a request for Gemini above 20,000 estimated tokens; so many passages stay below it."""


class ProviderEmbedder:
    """Ask a tool for vectors; `connect` it to a toolbox before its first use."""

    batch = BATCH

    def __init__(self, tool: EmbeddingTool, evidence: Evidence) -> None:
        self._tool = tool
        self._evidence = evidence
        self._toolbox: Toolbox | None = None

    def connect(self, toolbox: Toolbox) -> None:
        """Send the calls through a toolbox."""
        self._toolbox = toolbox

    async def fingerprint(self) -> str:
        """Return the model and where it is asked: elsewhere its name may mean another."""
        return f"{self._tool.spec.name}-{self._tool.spec.version}"

    async def passages(self, run: Run, texts: Sequence[Untrusted], announce: Announce) -> Sequence[Vector]:
        """Return a vector for each passage; raise Unavailable, Refused or Exhausted without."""
        return await self._asked(run, [text.reveal() for text in texts], EmbeddingPurpose.PASSAGE, announce)

    async def query(self, run: Run, text: str, announce: Announce) -> Vector:
        """Return the vector of a query; raise Unavailable, Refused or Exhausted without."""
        return (await self._asked(run, [text], EmbeddingPurpose.QUERY, announce))[0]

    async def _asked(
        self, run: Run, texts: list[str], purpose: EmbeddingPurpose, announce: Announce
    ) -> list[Vector]:
        if self._toolbox is None:
            raise RuntimeError("an embedder was used before it was connected")
        task = _task(self._tool.spec.name, purpose, json.dumps(texts))
        call = await self._toolbox.call(run, "", task, _quiet(announce))
        if call.outcome is not Outcome.DONE:
            raise _failure(call)
        source = call.passages[0].span.source
        stored = await self._evidence.texts([source])
        return read(stored[source].reveal())


def _task(tool: str, purpose: EmbeddingPurpose, texts: str) -> Task:
    asked = hashlib.sha256(f"{tool}\n{purpose}\n{texts}".encode()).hexdigest()[:10]
    return Task(
        id=f"embed.{asked}",
        tool=tool,
        purpose=f"vectors of each {purpose}",
        arguments={
            "purpose": Argument(value=str(purpose)),
            # A query may hold words of the documents too.
            "texts_json": Argument(value=texts, private=True),
        },
    )


def _quiet(announce: Announce) -> Announce:
    """Leave out the beginning and the end of each call: there is one for every few passages."""

    def told(event: Event) -> None:
        if not isinstance(event, CallStarted | CallFinished):
            announce(event)

    return told


def _failure(call: Call) -> AttestError:
    if call.outcome in {Outcome.SKIPPED, Outcome.STOPPED}:
        return Exhausted(call.detail)
    if call.outcome is Outcome.DENIED:
        return Refused(call.detail)
    return Unavailable(call.detail)
