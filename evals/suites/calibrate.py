"""Fit the extractive engine's relevance on calibration data: `python -m evals calibrate`.

The product itself runs on the calibration questions while a recording reader notes what each root question
was given to read. One logistic regression then learns which statements hold a gold passage, another which
questions are answered at all. Every answerable question is used a second time with its gold documents taken
away: the nearest miss there is. Nothing is fitted on what another suite reports on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.whole_product import opened, report_on, stored
from evals.data import data_folder, describe, find
from evals.fitting import TWIN, Example, FittedOutcome, examples, fitted
from evals.installed_readmes import readmes
from evals.intervals import wilson
from evals.questions import LIBRARY, MULTIHOP, Corpus, library, multihop, places
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Unknown
from tools.models.extractive import certainty, features
from tools.models.extractive.calibration import FILE, Calibration
from tools.models.extractive.reader import ExtractiveReader

TARGETS = {"answered": 0.85, "abstained": 0.75}
DATA = "readmes, calibration rows of the library, half of MultiHop-RAG, all also without their gold documents"
# At most so many of the questions without an answer are answered.
UNANSWERABLE = 0.25
# A claim may stand beside a better one from this probability on.
SUPPORT = 0.02
# An answer is strong from where at most so many questions without an answer get one.
FALSE = 0.1


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


def threshold(outcomes: Sequence[FittedOutcome]) -> float:
    """Return the least probability that at most `UNANSWERABLE` of the unanswerable questions reach.

    Questions without their gold documents do not count: elsewhere in a corpus the same may be said again. Nor
    do those of MultiHop-RAG, which are about other things than its articles.
    """
    own = [one for one in outcomes if not one.corpus.endswith(TWIN) and one.corpus != MULTIHOP.name]
    levels = [at / 200 for at in range(2, 199)]
    return next((level for level in levels if 1 - abstained(own, level) <= UNANSWERABLE), 1.0)


def strong(outcomes: Sequence[FittedOutcome]) -> float:
    """Return the least probability that at most `FALSE` of the questions without an answer reach."""
    levels = [at / 200 for at in range(2, 199)]
    return next((level for level in levels if abstained(outcomes, level) >= 1 - FALSE), 1.0)


def answered(outcomes: Sequence[FittedOutcome], level: float) -> float:
    """Return the share of answerable examples that are answered at a level."""
    best = [one.best for one in outcomes if one.answerable]
    return sum(value >= level for value in best) / max(1, len(best))


def abstained(outcomes: Sequence[FittedOutcome], level: float) -> float:
    """Return the share of unanswerable examples that are left unanswered at a level."""
    best = [one.best for one in outcomes if not one.answerable]
    return sum(value < level for value in best) / max(1, len(best))


async def gather(corpus: Corpus, home: Path) -> list[Example]:
    """Run the product on every row and return the examples its reader was given."""
    recorder, made = Recorder(), []
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
    """Fit on the library's calibration rows and half of MultiHop-RAG, write the weights, show how they do.

    Raises Misconfigured when MultiHop-RAG is not found: weights fitted on the library alone are not written.
    """
    folder = find(data_folder(setup.data), MULTIHOP)
    if folder is None:
        raise Misconfigured(f"there is no data to calibrate on; needed is\n{describe(MULTIHOP)}")
    with tempfile.TemporaryDirectory() as scratch:
        made = [example async for example in _all(folder, Path(scratch), setup)]
    calibrated, outcomes = fitted(made)
    level = threshold(outcomes)
    date = datetime.fromtimestamp(setup.clock(), UTC)
    if setup.limit is None:
        _write(calibrated, made, outcomes, level, date.date().isoformat())
    return SuiteResult(
        suite="calibrate",
        data=DATA,
        date=date.isoformat(timespec="seconds"),
        metrics=tuple(_metrics(outcomes, level)),
    )


def _write(
    calibrated: Calibration,
    made: Sequence[Example],
    outcomes: Sequence[FittedOutcome],
    level: float,
    date: str,
) -> None:
    stored = {
        "date": date,
        "data": DATA,
        "n": len(made),
        "candidates": sum(len(r.assessed.rows) for example in made for r in example.readings),
        "cross_validated": {m.name: round(m.value, 3) for m in _metrics(outcomes, level)},
        "answer": level,
        "support": SUPPORT,
        "strong": max(level, strong(outcomes)),
        "candidate": _weights(features.NAMES, calibrated.weights),
        "question": _weights(certainty.NAMES, calibrated.certain),
    }
    FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def _weights(names: Sequence[str], values: Sequence[float]) -> dict[str, Any]:
    weights = {name: round(value, 4) for name, value in zip(names, values[:-1], strict=True)}
    return {"bias": round(values[-1], 4), "weights": weights}


async def _all(folder: Path, scratch: Path, setup: Setup) -> AsyncIterator[Example]:
    stubs = multihop(folder, scratch / "multihop", calibrates=True)
    own = readmes(scratch / "readmes")
    for corpus in (library(LIBRARY, "calibration.jsonl"), own, stubs):
        kept = replace(corpus, rows=corpus.rows[: setup.limit])
        setup.say(f"{corpus.name}: {len(kept.rows)} questions")
        for example in await gather(kept, scratch / f"{corpus.name}.home"):
            yield example


def _metrics(outcomes: Sequence[FittedOutcome], level: float) -> Iterator[Metric]:
    """Yield for each corpus what share came out well, cross-validated."""
    for name in sorted({one.corpus for one in outcomes}):
        mine = [one for one in outcomes if one.corpus == name]
        answerable = [one for one in mine if one.answerable]
        yield from _rate(f"{name}: answered", [one.best >= level for one in answerable], TARGETS["answered"])
        yield from _rate(f"{name}: all gold among the claims", [one.found for one in answerable], None)
        unanswerable = [one.best < level for one in mine if not one.answerable]
        yield from _rate(f"{name}: abstained", unanswerable, TARGETS["abstained"])


def _rate(name: str, good: Sequence[bool], target: float | None) -> Iterator[Metric]:
    if good:
        low, high = wilson(sum(good), len(good))
        yield Metric(name=name, value=sum(good) / len(good), n=len(good), low=low, high=high, target=target)
