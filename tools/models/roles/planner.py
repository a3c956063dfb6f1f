"""Let a model split a question into lines of inquiry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from graph.records import Argument, Branch, Plan, Run
from guards.outside_text import plain
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.queries import MOST_QUERIES, queries
from tools.models.prompted_role import ModelGateway, ModelRequest, ModelRole
from tools.models.prompts import prompt
from tools.models.roles.simple_questions import is_planned_alone

MOST_CHARACTERS = 300
"""The longest question or query that is taken from a model."""


class Line(BaseModel):
    """Ask one thing that can be looked up alone, with the searches for it, best first."""

    question: str
    queries: list[str]


class Lines(BaseModel):
    """List the lines of inquiry that cover a question together."""

    lines: list[Line]


class ModelPlanner:
    """Ask a model for lines of inquiry; never see untrusted text, and make no call but those of the engine.

    The model chooses words, not tools: each line gets the searches that the extractive planner makes for it.
    A simple question is planned without a model, unless the web is searched in a language that may not be its
    own, and so is one for which no model gives a usable line.
    """

    def __init__(self, asks: ModelGateway, extractive: ExtractivePlanner) -> None:
        self._asks = asks
        self._extractive = extractive
        self._prompt = prompt(ModelRole.PLANNER)

    async def plan(self, run: Run) -> Plan:
        """Split the question of a run into lines of inquiry, at most as many as the mode allows."""
        if is_planned_alone(run, self._extractive.language(run.options)):
            return await self._extractive.plan(run)
        told = await self._asks.ask(run, self._prompted(run), Lines)
        asked = dict(_usable(told)) if told else {}
        kept = list(asked.items())[: run.options.depth.branches]
        if not kept:
            return await self._extractive.plan(run)
        return Plan(branches=tuple(self._root(f"b{at}", *line, run) for at, line in enumerate(kept, 1)))

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        """Turn names found in sources into follow-ups, by no model: it would see words of a source."""
        return await self._extractive.follow(run, branch, leads)

    def _prompted(self, run: Run) -> ModelRequest:
        most = run.options.depth.branches
        sources = ", ".join(run.options.sources)
        language = self._extractive.language(run.options)
        named = f"\nOn the web it is looked up in the language {language}." if language else ""
        return ModelRequest(
            role=ModelRole.PLANNER,
            prompt=self._prompt.tag,
            system=self._prompt.text,
            user=f"Question: {run.question}\nIt can be looked up in: {sources}\nAt most {most} lines.{named}",
        )

    def _root(self, name: str, question: str, asked: Sequence[str], run: Run) -> Branch:
        searches = [Argument(value=query) for query in asked or queries(question)]
        tasks = self._extractive.tasks(name, searches, run.options)
        return Branch(id=name, root=name, question=Argument(value=question), tasks=tasks)


def _usable(told: Lines) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each line that asks something, on one line of text, with the searches that say something."""
    for line in told.lines:
        if _is_usable(question := plain(line.question)):
            asked = dict.fromkeys(query for raw in line.queries if _is_usable(query := plain(raw)))
            yield question, tuple(asked)[:MOST_QUERIES]


def _is_usable(text: str) -> bool:
    return len(text) <= MOST_CHARACTERS and any(map(str.isalnum, text))
