"""Fit the extractive engine on calibration data: `python -m evals calibrate --documents FOLDER`.

The product itself runs on the calibration questions while a recording reader notes what each root question
was given to read. What is fitted on that is in `evals/fitting.py`. Nothing that another suite reports on is
fitted with the weights that it is reported by: `evals/folds.json` has weights fitted without each corpus.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from evals.bench.whole_product import opened, report_on, stored
from evals.data import data_folder, describe, find
from evals.docs_qa import DOCS, docs_qa
from evals.documentation_sets import documentation
from evals.examples import Example, examples
from evals.fitting import Fit, FittedOutcome, fitted
from evals.folds import keep
from evals.installed_readmes import readmes
from evals.questions import LIBRARY, MULTIHOP, Corpus, library, multihop, places
from evals.rates import rate
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Unknown
from tools.models.extractive.calibration import FILE, write
from tools.models.extractive.reader import ExtractiveReader

TARGETS = {"answered": 0.90, "abstained": 0.75}
DATA = "docs_qa, documentation, readmes, calibration rows of the library, half of MultiHop-RAG"


@dataclass(slots=True, kw_only=True)
class Recorder:
    """Read as the extractive reader does, noting each root's question and excerpts."""

    seen: list[tuple[str, tuple[Excerpt, ...]]] = field(default_factory=list)
    reader: ExtractiveReader = field(default_factory=ExtractiveReader)

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names as the product does."""
        return await self.reader.leads(run, question, excerpts)

    async def read(
        self,
        run: Run,  # noqa: ARG002 - the Protocol's
        root: str,  # noqa: ARG002 - the Protocol's
        question: str,
        excerpts: Sequence[Excerpt],
    ) -> tuple[Claim, ...]:
        """Note what there is to read, and read nothing."""
        self.seen.append((question, tuple(excerpts)))
        return ()

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:  # noqa: ARG002 - the Protocol's
        """Leave nothing out."""
        return ()


async def gather(corpus: Corpus, home: Path) -> list[Example]:
    """Run the product on every row and return the examples its reader was given."""
    recorder = Recorder()
    made: list[Example] = []
    async with opened(home, lambda services: replace(services, reader=recorder)) as app:
        for row in corpus.rows:
            recorder.seen.clear()
            report = await report_on(app, corpus, row.question)
            ids = list({e.passage.span.source for _, excerpts in recorder.seen for e in excerpts})
            texts, paths = await stored(app, corpus, report["run_id"], ids)
            gold = [frozenset(places(one, texts, paths)) for one in row.gold]
            made += examples(corpus.name, row, recorder.seen, gold)
    return made


async def measure(setup: Setup) -> SuiteResult:
    """Fit on all calibration data, write the weights, show how they do on what each was fitted without.

    Raises Misconfigured when a part of the data is not found: weights fitted on less are not written.
    """
    with tempfile.TemporaryDirectory() as scratch:
        apart, others = _corpora(setup, Path(scratch))
        made = [example async for example in _all((*apart, *others), Path(scratch), setup)]
    fit = fitted(made, [corpus.name for corpus in apart])
    date = datetime.fromtimestamp(setup.clock(), UTC)
    if setup.limit is None:
        _write(fit, made, date.date().isoformat())
    return SuiteResult(
        suite="calibrate",
        data=DATA,
        date=date.isoformat(timespec="seconds"),
        metrics=tuple(_metrics(fit)),
    )


def _corpora(setup: Setup, scratch: Path) -> tuple[list[Corpus], list[Corpus]]:
    """Return the corpora that are reported on, each by weights fitted without it, and the others."""
    folder = data_folder(setup.data)
    asked, articles = find(folder, DOCS), find(folder, MULTIHOP)
    if asked is None or articles is None:
        raise Misconfigured(
            f"there is no data to calibrate on; needed are\n{describe(DOCS)}\n{describe(MULTIHOP)}"
        )
    if setup.documents is None:
        raise Misconfigured(
            "name a folder of packages by --documents: evals/documentation/README.md says which"
        )
    return [*docs_qa(asked), *documentation(setup.documents, scratch)], [
        library(LIBRARY, "calibration.jsonl"),
        readmes(scratch / "readmes"),
        multihop(articles, scratch / "multihop", calibrates=True),
    ]


async def _all(corpora: Sequence[Corpus], scratch: Path, setup: Setup) -> AsyncIterator[Example]:
    for corpus in corpora:
        kept = replace(corpus, rows=corpus.rows[: setup.limit])
        setup.say(f"{corpus.name}: {len(kept.rows)} questions")
        for example in await gather(kept, scratch / f"{corpus.name}.home"):
            yield example


def _write(fit: Fit, made: Sequence[Example], date: str) -> None:
    whole = {
        "date": date,
        "data": DATA,
        "questions": sum(not example.variant for example in made),
        "cross_validated": {metric.name: round(metric.value, 3) for metric in _metrics(fit)},
        **write(fit.whole),
    }
    FILE.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    keep(fit.without)


def _metrics(fit: Fit) -> Iterator[Metric]:
    """Yield for each corpus, with few sources and with all, what share came out well by the shipped level."""
    for name in sorted({one.corpus + one.variant for one in fit.outcomes}):
        mine = [one for one in fit.outcomes if one.corpus + one.variant == name]
        yield from _shares(name, mine, fit.whole.level)


def _shares(name: str, mine: Sequence[FittedOutcome], level: float) -> Iterator[Metric]:
    good = [one for one in mine if one.answerable]
    bad = [one for one in mine if not one.answerable]
    yield from rate(f"{name}: answered", (one.known >= level for one in good), target=TARGETS["answered"])
    yield from rate(f"{name}: gold among the claims", (one.found for one in good))
    yield from rate(f"{name}: abstained", (one.known < level for one in bad), target=TARGETS["abstained"])
