"""Read a folder and embed it by a provider, for one run: `python -m tests.graph.run.embedding_worker`.

Arguments: the settings as JSON, the folder, the budget and the id of the run. It prints how the call ended,
and what it could not do.
"""

from __future__ import annotations

import asyncio
import json
import sys

from graph.app import open_app
from graph.config.settings import Settings
from graph.options import Options
from graph.records import Run, Task


async def main(settings: Settings, folder: str, budget: str, run_id: str) -> None:
    """Bring the index up to date, as a run does at its beginning."""
    run = Run(id=run_id, question="q", options=Options(docs=(folder,), budget=int(budget)), started=0.0)
    task = Task(id="refresh", tool="documents.refresh", purpose="read", arguments={})
    async with open_app(settings) as app:
        call = await app.services.toolbox.call(run, "b", task, lambda _: None)
        print(json.dumps([call.outcome, *[unknown.detail for unknown in call.unknowns]]))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Settings.from_environment(json.loads(sys.argv[1])), *sys.argv[2:5]))
