"""The real application over a temporary database, with small roles and tools."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from evals.bench.minimal_roles import FirstLineReader, PlainWriter, SplittingPlanner, TrustingJudge
from graph.app import open_app
from graph.config.settings import Settings
from graph.events import Event, Finished
from graph.ports import Services
from graph.run.application import Application
from graph.tool import Tool
from tools.call_pipeline.runner import Runner


def settings(home: Path, url: str = "") -> Settings:
    """Return settings that know nothing of the machine they run on."""
    return Settings.from_environment({"ATTEST_HOME": str(home), "ATTEST_DATABASE_URL": url})


def around(made: Services, *tools: Tool) -> Runner:
    """Return the toolbox of an application with other tools in it."""
    assert isinstance(made.toolbox, Runner)
    return made.toolbox.with_tools(tools)


def small(tool: Tool, *, estimate: int = 0) -> Callable[[Services], Services]:
    """Exchange the roles and tools of an application for small ones around `tool`."""

    def adapt(made: Services) -> Services:
        return replace(
            made,
            planner=SplittingPlanner(tool.spec.name, estimate),
            reader=FirstLineReader(),
            judge=TrustingJudge(),
            writer=PlainWriter(),
            toolbox=around(made, tool),
        )

    return adapt


@asynccontextmanager
async def small_app(home: Path, tool: Tool, *, estimate: int = 0) -> AsyncIterator[Application]:
    """Open an application whose only tool is `tool`."""
    async with open_app(settings(home), small(tool, estimate=estimate)) as app:
        yield app


async def events(stream: AsyncIterator[Event]) -> list[Event]:
    """Return everything a run announced."""
    return [event async for event in stream]


def report(announced: Iterable[Event]) -> dict[str, object]:
    """Return the report a run ended with."""
    last = list(announced)[-1]
    assert isinstance(last, Finished), last
    return last.report
