"""A runner over a real database with an embedder in it that asks a server on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from graph.config.settings import Settings
from graph.events import Event
from graph.options import Options, Role
from graph.records import Run
from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from graph.stores.evidence import StoredEvidence
from tests.fakes.controls import controls
from tests.fakes.embedding_service import KEY, EmbeddingService, embedding_service
from tools.call_pipeline.runner import Runner
from tools.models.embedding.embedder_factory import made_embedder
from tools.models.embedding.embedding_tool import EmbeddingTool
from tools.models.embedding.provider_embedder import ProviderEmbedder

NOW = 1_792_000_000.0
MODEL = "gemini-embedding-001"
PRICES = f'{{"{MODEL}": {{"prompt": 1000000, "answer": 0}}}}'
"""A token costs a micro-dollar."""
RUN = Run(id="r1", question="q", options=Options(budget=1_000_000), started=NOW)
VIEWER = Run(id="r2", question="q", options=Options(budget=1_000_000, role=Role.VIEWER), started=NOW)


def asked(url: str, key: str = KEY, **changed: str) -> Settings:
    """Return settings that name the model at an address."""
    values = {
        "ATTEST_HOME": "/nowhere",
        "ATTEST_EMBEDDER": f"google:{MODEL}",
        "ATTEST_EMBED_DOCUMENTS_AT_PROVIDER": "yes",
        "ATTEST_MODEL_PRICES": PRICES,
        "ATTEST_GEMINI_URL": url,
        "ATTEST_GEMINI_KEY": SecretStr(key).get_secret_value(),
    }
    return Settings.from_environment(values | changed)


@dataclass(slots=True, kw_only=True)
class EmbeddingDesk:
    """Hold the embedder, its tool, the books, and the server that plays the provider."""

    service: EmbeddingService
    embedder: ProviderEmbedder
    tool: EmbeddingTool
    calls: StoredCalls
    runner: Runner
    heard: list[Event] = field(default_factory=list)

    async def spent(self, run: Run = RUN) -> int:
        """Return what a run spent, in micro-dollars."""
        return (await self.calls.cost(run.id)).micros


@asynccontextmanager
async def embedding_desk(home: Path, **changed: str) -> AsyncIterator[EmbeddingDesk]:
    """Open an embedder on this machine."""
    database = Database(home / "attest.db", migrations=MIGRATIONS)
    async with embedding_service() as service:
        made = made_embedder(asked(service.url, **changed), StoredEvidence(database), lambda: NOW)
        assert made
        assert made.tool
        assert isinstance(made.embedder, ProviderEmbedder)
        calls = StoredCalls(database, lambda: NOW)
        runner = Runner([made.tool], calls=calls, clock=lambda: NOW, controls=controls(database, lambda: NOW))
        made.connect(runner)
        try:
            yield EmbeddingDesk(
                service=service, embedder=made.embedder, tool=made.tool, calls=calls, runner=runner
            )
        finally:
            await made.tool.close()
            await runner.close()
            await database.close()
