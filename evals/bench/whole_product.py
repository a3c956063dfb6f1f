"""Ask the whole product the questions of a corpus, and record what its reader got."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evals.bench.minimal_roles import FirstLineReader, PlainWriter, TrustingJudge
from evals.questions import Corpus, EvalQuestion, Gold, hits, places
from graph.app import open_app
from graph.config.settings import Settings
from graph.events import Finished
from graph.options import Mode, Options
from graph.ports import Planner, Reader, Services
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from graph.run.application import Application
from graph.tool import Tool
from tools.call_pipeline.runner import Runner
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import terms


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductAnswer:
    """Hold the answer to one question, the texts and paths of what it cites, and the seconds it took.

    `floor` is the sentence a plain search would have quoted.
    """

    row: EvalQuestion
    report: Mapping[str, Any]
    texts: Mapping[str, str]
    paths: Mapping[str, str]
    floor: tuple[Span, ...]
    seconds: float

    @property
    def citations(self) -> tuple[Mapping[str, Any], ...]:
        """Return every citation of every claim."""
        return tuple(citation for claim in self.report["claims"] for citation in claim["citations"])

    @property
    def cited(self) -> tuple[Span, ...]:
        """Return where the citations stand."""
        return tuple(Span(source=c["source"], start=c["start"], end=c["end"]) for c in self.citations)

    def holding(self, spans: Sequence[Span]) -> list[bool]:
        """Return for each gold passage whether a span covers half of the shorter of the two."""
        return [any(hits(span, self._places(gold)) for span in spans) for gold in self.row.gold]

    def _places(self, gold: Gold) -> list[Span]:
        return places(gold, self.texts, self.paths)


@dataclass(slots=True, kw_only=True)
class RecordingReader:
    """Read as the product's reader does, and keep the first excerpts."""

    reader: Reader
    excerpts: tuple[Excerpt, ...] = ()

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names as the product does."""
        return await self.reader.leads(run, question, excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Read as the product does."""
        self.excerpts = self.excerpts or tuple(excerpts)
        return await self.reader.read(run, root, question, excerpts)

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Return what the product's reader left out for lack of room."""
        return self.reader.left_out(run, root)


@asynccontextmanager
async def opened(
    home: Path, adapt: Callable[[Services], Services] | None = None
) -> AsyncIterator[Application]:
    """Open the product over a new database, without limits on calls at the same time.

    It has the embedder that ATTEST_EMBEDDER names, if that is on this machine.
    """
    settings = Settings(
        home=home,
        database=home / "attest.db",
        docs=(),
        budget=1_000_000,
        eval_data=None,
        calls_at_once=10_000,
        embedder=Settings.from_environment().embedder,
    )
    async with open_app(settings, adapt) as app:
        yield app


def around(services: Services, *tools: Tool) -> Runner:
    """Return the product's path of a call with other tools at its end."""
    return path(services).with_tools(tools)


def path(services: Services) -> Runner:
    """Return the product's call pipeline."""
    if not isinstance(services.toolbox, Runner):
        raise TypeError("the product's toolbox is a Runner")
    return services.toolbox


def least(services: Services, planner: Planner, tool: Tool) -> Services:
    """Replace reader, judge and writer by minimal ones, around one tool."""
    return replace(
        services,
        planner=planner,
        reader=FirstLineReader(),
        judge=TrustingJudge(),
        writer=PlainWriter(),
        toolbox=around(services, tool),
    )


async def report_of(app: Application, question: str, run_id: str) -> Mapping[str, Any]:
    """Return the report of a quick run without documents."""
    events = [event async for event in app.run(question, Options(mode=Mode.QUICK), run_id=run_id)]
    if isinstance(events[-1], Finished):
        return events[-1].report
    raise TypeError(f"run {run_id} ended with {events[-1].type}")


async def answers(corpus: Corpus, home: Path) -> list[ProductAnswer]:
    """Ask every question of a corpus in turn; a first run that is not timed reads the documents."""
    watchers: list[RecordingReader] = []

    def watch(services: Services) -> Services:
        watchers.append(RecordingReader(reader=services.reader))
        return replace(services, reader=watchers[-1])

    async with opened(home, watch) as app:
        await report_on(app, corpus, "What is here?")
        return [await _asked(app, corpus, row, watchers[-1]) for row in corpus.rows]


async def report_on(app: Application, corpus: Corpus, question: str) -> Mapping[str, Any]:
    """Return the report on one question; a run that waits for a person has no claims."""
    report: Mapping[str, Any] = {"claims": [], "sources": []}
    options = Options(docs=(str(corpus.root),))
    async for event in app.run(question, options):
        if isinstance(event, Finished):
            report = event.report
    return report


async def _asked(
    app: Application, corpus: Corpus, row: EvalQuestion, watcher: RecordingReader
) -> ProductAnswer:
    watcher.excerpts = ()
    started = time.perf_counter()
    report = await report_on(app, corpus, row.question)
    seconds = time.perf_counter() - started
    floor = tuple(_plain_answer(row.question, watcher.excerpts))
    ids = list({*(source["id"] for source in report["sources"]), *(span.source for span in floor)})
    texts, paths = await stored(app, corpus, report["run_id"], ids)
    return ProductAnswer(row=row, report=report, texts=texts, paths=paths, floor=floor, seconds=seconds)


async def stored(
    app: Application, corpus: Corpus, run: str, ids: list[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of sources and their paths in the corpus, by id, as a run found them."""
    found = await app.services.evidence.snapshots(run, ids)
    texts = {name: snapshot.text.reveal() for name, snapshot in found.items()}
    paths = {name: corpus.path(snapshot.source.location) for name, snapshot in found.items()}
    return texts, paths


def _plain_answer(question: str, excerpts: Sequence[Excerpt]) -> Iterable[Span]:
    """Yield the sentence of the first passage that shares most words with the question."""
    asked = set(terms(question))
    for excerpt in excerpts[:1]:
        text, here = excerpt.text.reveal(), excerpt.passage.span
        found = sentences(text)
        if found:
            start, end = max(found, key=lambda span: len(asked & set(terms(text[span[0] : span[1]]))))
            yield Span(source=here.source, start=here.start + start, end=here.start + end)
