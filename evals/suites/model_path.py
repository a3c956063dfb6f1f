"""Measure answers with models of every manner beside those without: `python -m evals model_path`.

The same questions about documentation as in `answers` go through the whole product, once without a model and
once for each manner of a scripted model on the loopback address. The floor and the target of every figure is
what the extractive engine reaches in the same run: no model may make an answer worse than none.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.answer_scores import Question, Score, score
from evals.bench.fake_gemini import KEY, gemini
from evals.bench.scripted_model import Manner, ScriptedModel
from evals.bench.whole_product import report_on
from evals.data import data_folder, describe, find
from evals.docs_qa import DOCS, docs_qa
from evals.folds import folds
from evals.questions import Corpus
from evals.rates import rate
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.app import open_app
from graph.config.settings import ROLES, Settings
from graph.errors import Misconfigured
from graph.run.application import Application
from tools.models.extractive.calibration import calibration, weighed_by

_MODEL = "gemini-2.5-flash"
EXTRACTIVE = "extractive"
_NO_SECONDS = 0.0
_FIGURES: Mapping[str, tuple[bool, bool, Callable[[Score], bool]]] = {
    "first": (True, False, lambda one: one.first),
    "anywhere": (True, False, lambda one: one.anywhere),
    "wrongly silent": (True, True, lambda one: one.silent),
    "unanswerable answered": (False, True, lambda one: not one.silent),
}
"""Say of each figure whether it is of answerable questions, whether less is better, and what counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAnswer:
    """Hold how an answer does, its claims, how many of them no source says, and what it says it lacks."""

    score: Score
    claims: tuple[str, ...]
    unsupported: int
    told: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Asked:
    """Collect the answers of each engine, in the order of the questions."""

    answers: dict[str, list[PathAnswer]] = field(default_factory=dict)

    def add(self, name: str, answers: Sequence[PathAnswer]) -> None:
        self.answers.setdefault(name, []).extend(answers)


async def measure(setup: Setup) -> SuiteResult:
    """Ask every question once for each manner; raises Misconfigured when the data is not found."""
    folder = find(data_folder(setup.data), DOCS)
    if folder is None:
        raise Misconfigured(f"there are no questions; needed is\n{describe(DOCS)}")
    found = _Asked()
    without = folds()
    with tempfile.TemporaryDirectory() as scratch:
        for corpus in docs_qa(folder):
            mine = [Question.of(corpus.name, row) for row in corpus.rows][: setup.limit]
            for manner in (None, *Manner):
                setup.say(f"{corpus.name}: {len(mine)} questions, {manner or EXTRACTIVE}")
                with weighed_by(without.get(corpus.name) or calibration()):
                    answers = await _answers(corpus, mine, Path(scratch) / corpus.name, manner)
                found.add(manner or EXTRACTIVE, answers)
    return SuiteResult(
        suite="model_path",
        data=f"{DOCS.name} ({len(found.answers[EXTRACTIVE])} questions, {len(Manner)} manners)",
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=tuple(_metrics(found.answers)),
        cases=tuple(_cases(found.answers)),
    )


async def _answers(
    corpus: Corpus, asked: Sequence[Question], home: Path, manner: Manner | None
) -> list[PathAnswer]:
    """Ask through one application; all manners share a home, so that documents are read once."""
    model = ScriptedModel(manner=manner) if manner else None
    made = []
    async with _opened(home, model) as app:
        for question in asked:
            if model:
                model.quotes = [quote for _, quote in question.gold]
            made.append(_answer(question, await report_on(app, corpus, question.text), model))
    return made


@asynccontextmanager
async def _opened(home: Path, model: ScriptedModel | None) -> AsyncIterator[Application]:
    """Open the product with one model for every role, or with none."""
    async with AsyncExitStack() as stack:
        set_up = {"ATTEST_HOME": str(home), "ATTEST_BUDGET_USD": "1000"}
        if model:
            served = await stack.enter_async_context(gemini(_NO_SECONDS, answer=model.reply))
            set_up |= {"ATTEST_GEMINI_URL": served.url, "ATTEST_GEMINI_KEY": KEY}
            set_up |= {f"ATTEST_{role.upper()}_MODELS": _MODEL for role in ROLES}
        yield await stack.enter_async_context(open_app(Settings.from_environment(set_up)))


def _answer(question: Question, report: Mapping[str, Any], model: ScriptedModel | None) -> PathAnswer:
    """Score what a report says without a label that doubts its wording."""
    claims = [claim for claim in report["claims"] if claim.get("wording") != "unchecked"]
    texts = tuple(claim["text"] for claim in claims)
    said = model.invented if model else set()
    return PathAnswer(
        score=score(question, texts),
        claims=texts,
        unsupported=sum(text in said for text in texts),
        told=tuple(unknown["kind"] for unknown in report["unknowns"]),
    )


def _metrics(answers: Mapping[str, Sequence[PathAnswer]]) -> Iterator[Metric]:
    plain = answers[EXTRACTIVE]
    yield from _figures(EXTRACTIVE, plain, None)
    for manner in Manner:
        yield from _figures(manner, answers[manner], plain)
        lies = sum(one.unsupported for one in answers[manner])
        claims = [
            at < lies for one in [answers[manner]] for at in range(sum(len(each.claims) for each in one))
        ]
        yield from rate(f"{manner}: unsupported claims let through", claims, target=0.0, lower=True)


def _figures(name: str, mine: Sequence[PathAnswer], plain: Sequence[PathAnswer] | None) -> Iterator[Metric]:
    """Yield what a manner reaches; the floor, and the target, is what the engine reaches without a model."""
    for label, (answerable, lower, met) in _FIGURES.items():
        here = [met(one.score) for one in mine if one.score.question.answerable is answerable]
        there = [met(one.score) for one in plain or () if one.score.question.answerable is answerable]
        floor = sum(there) / len(there) if there else None
        yield from rate(f"{name}: {label}", here, floor=there, target=floor, lower=lower)


def _cases(answers: Mapping[str, Sequence[PathAnswer]]) -> Iterator[dict[str, Any]]:
    """Yield each question that a manner answers worse than the engine alone, and what no source says."""
    for manner in Manner:
        for one, plain in zip(answers[manner], answers[EXTRACTIVE], strict=True):
            if one.unsupported or _rank(one) < _rank(plain):
                yield {
                    "manner": manner,
                    "id": one.score.question.id,
                    "unsupported": one.unsupported,
                    "told": one.told,
                    "claims": one.claims,
                    "without a model": plain.claims,
                }


def _rank(one: PathAnswer) -> int:
    """Order answers: a full one first, one anywhere, another, none; where nothing answers silence is best."""
    if not one.score.question.answerable:
        return int(one.score.silent)
    return one.score.first + one.score.anywhere + (not one.score.silent)
