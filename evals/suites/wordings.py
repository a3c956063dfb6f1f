"""Measure plain questions about small folders: `python -m evals wordings`.

Each folder of two to four short files is asked what it says in other words, and what it nearly says. Half of
the folders were written before the engine was tuned on them, half after.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.answer_scores import is_full
from evals.bench import everyday_folders, everyday_folders_later
from evals.bench.everyday_folders import EverydayFolder
from evals.bench.whole_product import opened, report_on
from evals.intervals import wilson
from evals.questions import Corpus
from evals.result import Metric, SuiteResult
from evals.suite import Setup

_HALVES = {"seen": everyday_folders.FOLDERS, "unseen": everyday_folders_later.FOLDERS}
_ANSWERED, _REFUSED = 0.9, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydayAnswer:
    """Hold what was claimed for a question; one without `wanted` words is not answered by its folder."""

    half: str
    folder: str
    question: str
    wanted: str
    claims: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether the first claim holds what is wanted, or nothing is claimed where nothing is known."""
        if not self.wanted:
            return not self.claims
        return bool(self.claims) and is_full([[self.wanted.lower()]], self.claims[0])


async def measure(setup: Setup) -> SuiteResult:
    """Ask every question of every folder."""
    made: list[EverydayAnswer] = []
    with tempfile.TemporaryDirectory() as scratch:
        for half, folders in _HALVES.items():
            for folder in folders[: setup.limit]:
                setup.say(
                    f"{folder.name}: {len(folder.answered)} questions, {len(folder.missed)} near misses"
                )
                made += await _asked(half, folder, Path(scratch) / folder.name)
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    return SuiteResult(
        suite="wordings",
        data=f"made folders ({len(made)} questions)",
        date=date,
        metrics=tuple(_metrics(made)),
        cases=tuple(_case(one) for one in made if not one.good),
    )


async def _asked(half: str, folder: EverydayFolder, home: Path) -> list[EverydayAnswer]:
    documents = home / "documents"
    documents.mkdir(parents=True)
    for name, text in folder.files.items():
        (documents / name).write_text(text, encoding="utf-8")
    corpus = Corpus(name=folder.name, documents=documents, rows=())
    questions = (*folder.answered, *((question, "") for question in folder.missed))
    made = []
    async with opened(home) as app:
        for question, wanted in questions:
            report = await report_on(app, corpus, question)
            claims = _claims(report)
            made.append(
                EverydayAnswer(half=half, folder=folder.name, question=question, wanted=wanted, claims=claims)
            )
    return made


def _claims(report: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(claim["text"] for claim in report["claims"])


def _metrics(made: Sequence[EverydayAnswer]) -> Iterator[Metric]:
    for half in _HALVES:
        mine = [one for one in made if one.half == half]
        yield from _rate(f"in the first claim, {half}", [o.good for o in mine if o.wanted], _ANSWERED)
        yield from _rate(f"near misses refused, {half}", [o.good for o in mine if not o.wanted], _REFUSED)


def _rate(name: str, good: Sequence[bool], target: float) -> Iterator[Metric]:
    if good:
        low, high = wilson(sum(good), len(good))
        yield Metric(name=name, value=sum(good) / len(good), n=len(good), low=low, high=high, target=target)


def _case(one: EverydayAnswer) -> dict[str, Any]:
    return {"folder": one.folder, "question": one.question, "wanted": one.wanted, "claims": one.claims}
