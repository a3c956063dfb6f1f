"""A refreshing tool with stores in memory."""

from __future__ import annotations

from pathlib import Path

from graph.events import Event
from graph.options import Options
from graph.records import Result, Run
from tests.tools.documents.fakes import CountingParser, MemoryEvidence, MemoryIndex
from tools.documents.refresh import NoArguments, Refresh

NOW = 1_780_000_000.0


class Desk:
    """Hold a tool, its stores and what it announced."""

    def __init__(self, *docs: Path) -> None:
        self.evidence, self.index, self.parser = MemoryEvidence(), MemoryIndex(), CountingParser()
        self.events: list[Event] = []
        self.tool = self.another_tool()
        self.options = Options(docs=tuple(map(str, docs)))

    def another_tool(self) -> Refresh:
        return Refresh(evidence=self.evidence, index=self.index, clock=lambda: NOW, parser=self.parser)

    async def refresh(self) -> Result:
        """Run the tool and forget what was parsed before."""
        self.parser.parsed.clear()
        run = Run(id="r", question="q", options=self.options, started=NOW)
        return await self.tool.run(NoArguments(), run, self.events.append)
