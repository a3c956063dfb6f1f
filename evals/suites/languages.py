"""Measure answers in many languages about the same invented facts: `python -m evals languages`.

Each fact is asked of prose and of a table. A question counts as answered when the first claim names the
island asked for with its value, and no other island. The floor is the first sentence, or row with its header,
of plain BM25.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.island_documents import IslandFolder, IslandQuestion, folders, languages
from evals.bench.whole_product import opened, report_on
from evals.floors.plain_bm25 import PlainBM25
from evals.questions import Corpus
from evals.rates import rate
from evals.result import Metric, SuiteResult
from evals.suite import Setup

_TARGET = 0.8
_ABSTAIN = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandAnswer:
    """Hold what was claimed for a question, and whether the first claim and the floor answer it."""

    question: IslandQuestion
    claims: tuple[str, ...]
    first: bool
    floor: bool


async def measure(setup: Setup) -> SuiteResult:
    """Ask the questions of each language, or of the first `limit` languages."""
    answers: list[IslandAnswer] = []
    with tempfile.TemporaryDirectory() as scratch:
        for language in languages()[: setup.limit]:
            for folder in folders(language):
                answers += await asked(folder, Path(scratch) / language / folder.name)
            setup.say(
                f"{language}: {sum(a.first for a in answers if a.question.language == language)} answered"
            )
    return SuiteResult(
        suite="languages",
        data=f"{len(answers)} questions about made documents",
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=tuple(_metrics(answers)),
        cases=tuple(_missed(answers)),
    )


async def asked(folder: IslandFolder, place: Path) -> list[IslandAnswer]:
    """Write the document of a folder to a place, and ask the product its questions."""
    documents = place / "documents"
    documents.mkdir(parents=True)
    (documents / folder.name).write_text(folder.document, encoding="utf-8")
    floor = PlainBM25(dict(zip(folder.units, folder.units, strict=True)))
    corpus = Corpus(name=folder.name, documents=documents, rows=())
    made = []
    async with opened(place / "home") as app:
        for question in folder.questions:
            report = await report_on(app, corpus, question.text)
            made.append(_answer(question, report, floor.search(question.text, 1)))
    return made


def _answer(question: IslandQuestion, report: Mapping[str, Any], plain: Sequence[str]) -> IslandAnswer:
    claims = tuple(claim["text"] for claim in report["claims"])
    return IslandAnswer(
        question=question,
        claims=claims,
        first=_holds(claims[:1], question),
        floor=_holds(plain[:1], question),
    )


def _holds(said: Sequence[str], question: IslandQuestion) -> bool:
    if not said or not question.must:
        return False
    others = any(island in said[0] for island in question.others)
    return not others and all(words in said[0] for words in question.must)


def _metrics(answers: Sequence[IslandAnswer]) -> Iterator[Metric]:
    good = [one for one in answers if one.question.must]
    bad = [one for one in answers if not one.question.must]
    yield from _answered("answered, tuned facts", [one for one in good if not one.question.held_back])
    yield from _answered("answered, facts held back", [one for one in good if one.question.held_back])
    for form in ("prose", "table"):
        yield from _answered(f"answered, {form}", [one for one in good if one.question.form == form])
    near = (bool(one.claims) for one in bad)
    yield from rate("near misses answered", near, floor=[True] * len(bad), target=_ABSTAIN, lower=True)
    for language in dict.fromkeys(one.question.language for one in answers):
        mine = [one for one in good if one.question.language == language]
        yield from _answered(f"answered, {language}", mine)
        yield from _answered(f"held back, {language}", [one for one in mine if one.question.held_back])


def _answered(name: str, mine: Sequence[IslandAnswer]) -> Iterator[Metric]:
    yield from rate(name, (one.first for one in mine), floor=(one.floor for one in mine), target=_TARGET)


def _missed(answers: Sequence[IslandAnswer]) -> Iterator[Mapping[str, Any]]:
    for one in answers:
        if one.first or (not one.question.must and not one.claims):
            continue
        asked = one.question
        yield {
            "language": asked.language,
            "form": asked.form,
            "question": asked.text,
            "must": asked.must,
            "claims": one.claims,
        }
