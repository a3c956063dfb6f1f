from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path

from graph.stores.books.call_books import StoredCalls
from graph.stores.db.database import Database
from graph.stores.db.migrations import MIGRATIONS
from tests.fakes.embedding_service import KEY, EmbeddingService, embedding_service
from tests.tools.models.embedding.embedding_desk import MODEL, PRICES
from tools.models.embedding.embedding_arguments import SCAFFOLD
from tools.models.embedding.provider_embedder import BATCH

DOCUMENTS = 2 * BATCH + 5
ENOUGH = 1_000_000
RUN = "r1"


def settings(home: Path, url: str) -> str:
    return json.dumps(
        {
            "ATTEST_HOME": str(home),
            "ATTEST_EMBEDDER": f"google:{MODEL}",
            "ATTEST_EMBED_DOCUMENTS_AT_PROVIDER": "yes",
            "ATTEST_MODEL_PRICES": PRICES,
            "ATTEST_GEMINI_URL": url,
            "ATTEST_GEMINI_KEY": KEY,
        }
    )


async def started(home: Path, url: str, budget: int = ENOUGH, run: str = RUN) -> asyncio.subprocess.Process:
    """Start a process that reads and embeds the documents of a home."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.graph.run.embedding_worker",
        settings(home, url),
        str(home / "docs"),
        str(budget),
        run,
        stdout=asyncio.subprocess.PIPE,
    )


async def said(process: asyncio.subprocess.Process) -> list[str]:
    out, _ = await process.communicate()
    return list(json.loads(out))


def written(home: Path) -> None:
    (home / "docs").mkdir()
    for at in range(DOCUMENTS):
        (home / "docs" / f"{at}.md").write_text(f"The lamp of room {at} burns.")


def price(service: EmbeddingService) -> int:
    """Return what all requests of a service reserve."""
    return sum(SCAFFOLD + len(text) for text in service.texts)


async def test_a_killed_process_loses_only_the_batch_under_way(tmp_path: Path) -> None:
    """The next one asks for what is missing, and no batch that was answered is paid twice."""
    written(tmp_path)
    async with embedding_service() as service:
        first = await started(tmp_path, service.url)
        service.arriving = lambda number: first.kill() if number == 2 else None
        await first.wait()
        assert first.returncode == -9
        assert await said(await started(tmp_path, service.url)) == ["done"]
        again = Counter(service.texts)
        assert len(again) == DOCUMENTS
        assert Counter(again.values()) == {1: DOCUMENTS - BATCH, 2: BATCH}
        database = Database(tmp_path / "attest.db", migrations=MIGRATIONS)
        cost = await StoredCalls(database, lambda: 0.0).cost(RUN)
        await database.close()
        assert cost.micros == price(service)


async def test_a_budget_that_ends_in_the_middle_is_never_overspent(tmp_path: Path) -> None:
    """The run goes on by words and says for how many passages; the next run makes the rest."""
    written(tmp_path)
    async with embedding_service() as service:
        outcome, gap = await said(await started(tmp_path, service.url, budget=BATCH * 100))
        assert outcome == "done"
        assert 0 < price(service) <= BATCH * 100
        left = DOCUMENTS - len(service.texts)
        assert gap.startswith(f"{left} of {DOCUMENTS} passages are searched by their words alone: ")
        assert await said(await started(tmp_path, service.url, run="r2")) == ["done"]
        assert Counter(Counter(service.texts).values()) == {1: DOCUMENTS}
