"""Fit the extractive engine's relevance on calibration data: `python -m evals calibrate`.

The product runs on the calibration questions while a reader records what each root question
got to read. A logistic regression then learns which statements hold a gold passage. Every answerable
question is used a second time without its gold documents, as a near miss.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from evals.bench.whole_product import opened, report_on, stored
from evals.data import data_folder, describe, find
from evals.intervals import wilson
from evals.questions import LIBRARY, MULTIHOP, Corpus, EvalQuestion, hits, library, multihop, places
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from graph.options import Options
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Span, Unknown
from tools.models.extractive.bridges import Bridge, bridges
from tools.models.extractive.calibration import FILE
from tools.models.extractive.features import NAMES, features
from tools.models.extractive.logistic import fit, probability
from tools.models.extractive.pool import Candidate, candidates
from tools.models.extractive.reader import ExtractiveReader, choose, weigh

TARGETS = {"answered": 0.85, "abstained": 0.80}
CLAIMS = Options().depth.claims
FOLDS = 5
REPEATS = 3
TWIN = " without gold"
# A claim may stand beside a better one from this share of the probability that answers a root.
SUPPORT = 0.3
# An answer is strong from where at most so many questions without an answer get one.
FALSE = 0.1


@dataclass(slots=True, kw_only=True)
class CandidateRecorder:
    """Record the question and excerpts of each root, and read as the extractive reader does."""

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
        """Record the excerpts, and claim nothing."""
        self.seen.append((question, tuple(excerpts)))
        return ()

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:  # noqa: ARG002 - the Protocol's
        """Leave nothing out."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPool:
    """Hold the pool of one root question: candidates, bridges, features and which candidates hold gold."""

    pool: tuple[Candidate, ...]
    found: dict[int, Bridge]
    rows: list[tuple[float, ...]]
    gold: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Hold what was read for one question, and where its gold passages stand; none when it has no answer."""

    corpus: str
    id: str
    gold: tuple[frozenset[Span], ...]
    readings: tuple[QuestionPool, ...]


def examples(
    name: str,
    row: EvalQuestion,
    seen: Iterable[tuple[str, tuple[Excerpt, ...]]],
    places: Sequence[frozenset[Span]],
) -> list[Example]:
    """Return the example of a question, and its twin without the gold documents when it has an answer."""
    readings = list(seen)
    made = [_example(name, row.id, readings, places)]
    if places:
        gone = {span.source for place in places for span in place}
        left = [(q, tuple(e for e in es if e.passage.span.source not in gone)) for q, es in readings]
        made.append(_example(name + TWIN, row.id, left, ()))
    return made


def _example(
    corpus: str, name: str, seen: Iterable[tuple[str, tuple[Excerpt, ...]]], gold: Sequence[frozenset[Span]]
) -> Example:
    readings = tuple(_reading(question, excerpts, gold) for question, excerpts in seen if excerpts)
    return Example(corpus=corpus, id=name, gold=tuple(gold), readings=readings)


def _reading(question: str, excerpts: Sequence[Excerpt], gold: Sequence[frozenset[Span]]) -> QuestionPool:
    pool = candidates(excerpts)
    inquiry = weigh(question, pool)
    found = dict(bridges(inquiry, pool))
    return QuestionPool(
        pool=pool,
        found=found,
        rows=features(inquiry, pool, found),
        gold=[any(hits(candidate.span, place) for place in gold) for candidate in pool],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleResult:
    """Hold how one example comes out: its best probability and whether every gold passage is chosen."""

    corpus: str
    answerable: bool
    best: float
    found: bool


def train(made: Sequence[Example]) -> list[float]:
    """Fit on every candidate; each corpus has the same weight."""
    totals: dict[str, int] = {}
    for example in made:
        name = example.corpus.removesuffix(TWIN)
        totals[name] = totals.get(name, 0) + sum(len(reading.rows) for reading in example.readings)
    mean = sum(totals.values()) / max(1, len(totals))
    rows, labels, weights = [], [], []
    for example in made:
        for reading in example.readings:
            rows += reading.rows
            labels += reading.gold
            weights += [mean / totals[example.corpus.removesuffix(TWIN)]] * len(reading.rows)
    return fit(rows, labels, weights)


def outcome(example: Example, fitted: Sequence[float]) -> ExampleResult:
    """Choose claims for an example as the reader does."""
    best, spans = 0.0, []
    for reading in example.readings:
        if reading.pool:
            chosen = choose(
                reading.pool, [probability(fitted, row) for row in reading.rows], reading.found, CLAIMS
            )
            best = max(best, chosen[0][1])
            spans += [reading.pool[at].span for at, _ in chosen]
    found = bool(example.gold) and all(any(hits(span, place) for span in spans) for place in example.gold)
    return ExampleResult(corpus=example.corpus, answerable=bool(example.gold), best=best, found=found)


def cross_validated(made: Sequence[Example]) -> list[ExampleResult]:
    """Judge each example by weights fitted without it or its twin: `FOLDS` folds, drawn `REPEATS` times."""
    outcomes = []
    for repeat in range(REPEATS):
        folds = [_fold(example, repeat) for example in made]
        for fold in range(FOLDS):
            fitted = train([example for example, its in zip(made, folds, strict=True) if its != fold])
            held = [example for example, its in zip(made, folds, strict=True) if its == fold]
            outcomes += [outcome(example, fitted) for example in held]
    return outcomes


def _fold(example: Example, repeat: int) -> int:
    return hashlib.sha256(f"{repeat} fold {example.id}".encode()).digest()[0] % FOLDS


def threshold(outcomes: Sequence[ExampleResult]) -> float:
    """Return the probability that leaves the worst corpus the most room above both `TARGETS`.

    Unanswerable questions and twins without gold documents count half each: there are few of the former.
    """
    levels = [at / 200 for at in range(2, 160)]
    return max(levels, key=lambda level: (min(_room(outcomes, level)), -level))


def strong(outcomes: Sequence[ExampleResult]) -> float:
    """Return the least probability that at most `FALSE` of the questions without an answer reach."""
    levels = [at / 200 for at in range(2, 199)]
    return next((level for level in levels if abstained(outcomes, level) >= 1 - FALSE), 1.0)


def _room(outcomes: Sequence[ExampleResult], level: float) -> Iterator[float]:
    for name in sorted({one.corpus for one in outcomes if not one.corpus.endswith(TWIN)}):
        own = [one for one in outcomes if one.corpus == name]
        twins = [one for one in outcomes if one.corpus == name + TWIN]
        yield answered(own, level) - TARGETS["answered"]
        yield (abstained(own, level) + abstained(twins, level)) / 2 - TARGETS["abstained"]


def answered(outcomes: Sequence[ExampleResult], level: float) -> float:
    """Return the share of answerable examples that are answered at a level."""
    best = [one.best for one in outcomes if one.answerable]
    return sum(value >= level for value in best) / max(1, len(best))


def abstained(outcomes: Sequence[ExampleResult], level: float) -> float:
    """Return the share of unanswerable examples that are left unanswered at a level."""
    best = [one.best for one in outcomes if not one.answerable]
    return sum(value < level for value in best) / max(1, len(best))


async def gather(corpus: Corpus, home: Path) -> list[Example]:
    """Run the product on every row and return the examples its reader was given."""
    recorder, made = CandidateRecorder(), []
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
    outcomes = cross_validated(made)
    level = threshold(outcomes)
    date = datetime.fromtimestamp(setup.clock(), UTC)
    if setup.limit is None:
        _write(made, outcomes, level, date.date().isoformat())
    data = "calibration rows of the library, half of MultiHop-RAG, both also without their gold documents"
    return SuiteResult(
        suite="calibrate",
        data=data,
        date=date.isoformat(timespec="seconds"),
        metrics=tuple(_metrics(outcomes, level)),
    )


def _write(made: Sequence[Example], outcomes: Sequence[ExampleResult], level: float, date: str) -> None:
    *weights, bias = train(made)
    stored = {
        "date": date,
        "data": "evals/library/calibration.jsonl and half of MultiHop-RAG, with and without gold documents",
        "n": len(made),
        "candidates": sum(len(reading.rows) for example in made for reading in example.readings),
        "cross_validated": {m.name: round(m.value, 3) for m in _metrics(outcomes, level)},
        "answer": level,
        "support": round(level * SUPPORT, 4),
        "strong": strong(outcomes),
        "bias": round(bias, 4),
        "weights": {name: round(value, 4) for name, value in zip(NAMES, weights, strict=True)},
    }
    FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


async def _all(folder: Path, scratch: Path, setup: Setup) -> AsyncIterator[Example]:
    stubs = multihop(folder, scratch / "multihop", calibrates=True)
    for corpus in (library(LIBRARY, "calibration.jsonl"), stubs):
        kept = replace(corpus, rows=corpus.rows[: setup.limit])
        setup.say(f"{corpus.name}: {len(kept.rows)} questions")
        for example in await gather(kept, scratch / f"{corpus.name}.home"):
            yield example


def _metrics(outcomes: Sequence[ExampleResult], level: float) -> Iterator[Metric]:
    """Yield for each corpus what share came out well, cross-validated."""
    for name in sorted({one.corpus for one in outcomes}):
        mine = [one for one in outcomes if one.corpus == name]
        answerable = [one for one in mine if one.answerable]
        yield from _rate(f"{name}: answered", [one.best >= level for one in answerable], TARGETS["answered"])
        yield from _rate(f"{name}: all gold among the claims", [one.found for one in answerable], None)
        unanswerable = [one.best < level for one in mine if not one.answerable]
        yield from _rate(f"{name}: abstained", unanswerable, TARGETS["abstained"])


def _rate(name: str, good: Sequence[bool], target: float | None) -> Iterator[Metric]:
    """Yield the share that is good; repeats of the folds steady the value and add no questions."""
    if good:
        value, n = sum(good) / len(good), len(good) // REPEATS
        low, high = wilson(round(value * n), n)
        yield Metric(name=name, value=value, n=n, low=low, high=high, target=target)
