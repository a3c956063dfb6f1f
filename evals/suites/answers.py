"""Measure answers to questions about documentation by their own words: `python -m evals answers`.

A claim counts by its own text alone. A corpus that the engine was fitted on (`python -m evals calibrate`)
is asked with weights and thresholds that were fitted without it, so nothing is reported on what it was tuned
on. The floors are the first passage of plain BM25 and the sentence in it that shares most words with the
question.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.answer_scores import Question, Score, score
from evals.bench.whole_product import opened, report_on
from evals.data import data_folder, describe, find
from evals.docs_qa import DOCS, docs_qa
from evals.documentation_sets import documentation
from evals.floors.plain_bm25 import PlainBM25
from evals.folds import folds
from evals.intervals import bootstrap
from evals.questions import Corpus
from evals.rates import rate
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from graph.ports import Reader, Services
from graph.reading import Excerpt, Lead
from graph.records import Claim, Run, Unknown
from tools.documents.passages import split
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import terms
from tools.models.extractive.calibration import calibration, weighed_by

_LEVELS = tuple(at / 20 for at in range(1, 20))
_BINS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Hold how an answer and the two floors do, how sure the engine was, and what it claimed."""

    score: Score
    passage: Score
    sentence: Score
    sure: float
    shown: Score
    claims: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Noting:
    """Read as the product's reader does, and note the claims with their relevance."""

    reader: Reader
    claims: list[tuple[str, float]] = field(default_factory=list)

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names as the product does."""
        return await self.reader.leads(run, question, excerpts)

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Read as the product does."""
        claims = await self.reader.read(run, root, question, excerpts)
        self.claims += [(_text(claim, excerpts), claim.relevance) for claim in claims]
        return claims

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the product's reader had no room for."""
        return self.reader.left_out(run, root)


async def measure(setup: Setup) -> SuiteResult:
    """Ask every question of every corpus; raises Misconfigured when the data is not found."""
    folder = find(data_folder(setup.data), DOCS)
    if folder is None:
        raise Misconfigured(f"there are no questions; needed is\n{describe(DOCS)}")
    answers: list[Answer] = []
    without = folds()
    with tempfile.TemporaryDirectory() as scratch:
        others = documentation(setup.documents, Path(scratch)) if setup.documents else ()
        for corpus in (*docs_qa(folder), *others):
            mine = [Question.of(corpus.name, row) for row in corpus.rows][: setup.limit]
            setup.say(f"{corpus.name}: {len(mine)} questions")
            with weighed_by(without.get(corpus.name) or calibration()):
                answers += await _answers(corpus.documents, mine, Path(scratch) / f"{corpus.name}.home")
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    return SuiteResult(
        suite="answers",
        data=f"{DOCS.name}{' and documentation' * bool(setup.documents)} ({len(answers)} questions)",
        date=date,
        metrics=tuple(_metrics(answers)),
        cases=tuple(map(_case, answers)),
    )


async def _answers(documents: Path, asked: Sequence[Question], home: Path) -> list[Answer]:
    noting: list[_Noting] = []

    def note(services: Services) -> Services:
        noting.append(_Noting(reader=services.reader))
        return replace(services, reader=noting[-1])

    corpus = Corpus(name=documents.name, documents=documents, rows=())
    floor = _Floor(documents)
    made = []
    async with opened(home, note) as app:
        for question in asked:
            noting[-1].claims.clear()
            report = await report_on(app, corpus, question.text)
            made.append(_answer(question, report, noting[-1].claims, floor))
    return made


def _answer(
    question: Question, report: Mapping[str, Any], read: Sequence[tuple[str, float]], floor: _Floor
) -> Answer:
    claims = tuple(claim["text"] for claim in report["claims"])
    passage, sentence = floor.of(question.text)
    return Answer(
        score=score(question, claims),
        passage=score(question, [passage]),
        sentence=score(question, [sentence]),
        sure=max((relevance for _, relevance in read), default=0.0),
        shown=score(question, [text for text, _ in read]),
        claims=claims,
    )


class _Floor:
    """Find the first passage of plain BM25 over the passages of a folder, and its best sentence."""

    def __init__(self, documents: Path) -> None:
        self._passages = {
            f"{path}:{start:09}": text[start:end]
            for path in sorted(documents.rglob("*"))
            if path.is_file()
            for text in [path.read_text(encoding="utf-8", errors="replace")]
            for start, end in split(text)
        }
        self._index = PlainBM25(self._passages)

    def of(self, question: str) -> tuple[str, str]:
        """Return the first passage for a question and its sentence that shares most words with it."""
        found = self._index.search(question, 1)
        passage = self._passages[found[0]] if found else ""
        asked = set(terms(question))
        parts = [passage[start:end] for start, end in sentences(passage)] or [""]
        return passage, max(parts, key=lambda part: len(asked & set(terms(part))))


def _text(claim: Claim, excerpts: Sequence[Excerpt]) -> str:
    """Return the words of a claim, span by span."""
    found = []
    for span in claim.spans:
        for excerpt in excerpts:
            here = excerpt.passage.span
            if span.source == here.source and here.start <= span.start and span.end <= here.end:
                found.append(excerpt.text.reveal()[span.start - here.start : span.end - here.start])
                break
    return " ".join(found)


def _metrics(answers: Sequence[Answer]) -> Iterator[Metric]:
    good = [one for one in answers if one.score.question.answerable]
    bad = [one for one in answers if not one.score.question.answerable]
    yield from rate("unanswerable answered", (not one.score.silent for one in bad), target=0.25, lower=True)
    yield from rate(
        "answered anywhere",
        (one.score.anywhere for one in good),
        floor=(one.passage.anywhere for one in good),
        target=0.65,
    )
    yield from rate(
        "answered in the first claim",
        (one.score.first for one in good),
        floor=(one.sentence.first for one in good),
        target=0.50,
    )
    yield from rate("wrongly silent", (one.score.silent for one in good), target=0.10, lower=True)
    yield from _mean("useless claims a question", [float(one.score.useless) for one in answers], target=1.8)
    yield from _mean("claims a question", [float(one.score.claims) for one in answers])
    yield from _reliability(answers)
    for kind in sorted({one.score.question.kind for one in good}):
        yield from _kind(kind, [one for one in good if one.score.question.kind == kind])
    for corpus in sorted({one.score.question.corpus for one in answers}):
        mine = [one for one in good if one.score.question.corpus == corpus]
        yield from rate(f"anywhere, {corpus}", (one.score.anywhere for one in mine))
        yield from rate(f"first, {corpus}", (one.score.first for one in mine))
    for level in _LEVELS:
        yield from rate(
            f"anywhere at {level:.2f}", (one.shown.anywhere and one.sure >= level for one in good)
        )
        yield from rate(f"unanswerable answered at {level:.2f}", (one.sure >= level for one in bad))


def _kind(kind: str, mine: Sequence[Answer]) -> Iterator[Metric]:
    target = 0.40 if len(mine) >= 5 else None  # noqa: PLR2004 - fewer say nothing of a kind
    floor = (one.passage.anywhere for one in mine)
    yield from rate(f"anywhere, {kind}", (one.score.anywhere for one in mine), floor=floor, target=target)
    yield from rate(f"first, {kind}", (one.score.first for one in mine))


def _reliability(answers: Sequence[Answer]) -> Iterator[Metric]:
    """Yield the calibration error over five equal bins, and the Brier score beside the base rate's."""
    pairs = sorted((one.sure, one.shown.anywhere) for one in answers)
    if not pairs:
        return
    size = -(-len(pairs) // _BINS)
    bins = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    off = sum(abs(sum(sure for sure, _ in each) - sum(right for _, right in each)) for each in bins)
    base = sum(right for _, right in pairs) / len(pairs)
    yield from _mean("calibration error", [off / len(pairs)], n=len(pairs), target=0.10)
    yield from _mean(
        "Brier score",
        [(sure - right) ** 2 for sure, right in pairs],
        target=base * (1 - base) - 0.03,
        floor=base * (1 - base),
    )


def _mean(
    name: str, values: Sequence[float], *, n: int = 0, target: float | None = None, floor: float | None = None
) -> Iterator[Metric]:
    if values:
        low, high = bootstrap(values)
        value = sum(values) / len(values)
        yield Metric(
            name=name,
            value=value,
            n=n or len(values),
            low=low,
            high=high,
            floor=floor,
            target=target,
            lower_is_better=True,
        )


def _case(one: Answer) -> dict[str, Any]:
    question = one.score.question
    verdict = "silent" if one.score.silent else "answered"
    if question.answerable and not one.score.silent:
        verdict = "first" if one.score.first else "anywhere" if one.score.anywhere else "not full"
    return {
        "id": question.id,
        "kind": question.kind,
        "verdict": verdict,
        "sure": round(one.sure, 3),
        "claims": one.claims,
    }
