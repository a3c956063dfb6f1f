"""Ask the product each question over its planted documents, and read what its report shows and marks."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.planted_answers import RAMDOCS
from evals.bench.whole_product import opened, report_on
from evals.data import rows
from evals.questions import Corpus
from evals.rates import rate
from evals.result import Metric
from evals.suite import Setup

_DISPUTED = "contradicted"
MOST_UNDISPUTED = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswers:
    """Hold what a report shows: its claims that give the planted answer, and a right one, and their marks.

    A claim is marked where it is contradicted or names what speaks against it.
    """

    id: str
    question: str
    wrong: tuple[bool, ...]
    right: tuple[bool, ...]
    claims: tuple[str, ...]

    @property
    def both(self) -> bool:
        """Tell whether a planted answer stands beside a right one."""
        return bool(self.wrong and self.right)

    @property
    def undisputed(self) -> bool:
        """Tell whether a planted answer stands beside a right one and nothing marks it."""
        return self.both and not all(self.wrong)


async def shown(folder: Path, setup: Setup) -> tuple[Sequence[Metric], Sequence[Mapping[str, Any]]]:
    """Ask every question with a planted answer and a right one; return shares, and what is undisputed."""
    found = [one async for one in _asked(folder, setup)]
    beside = [one for one in found if one.both]
    alone = [one for one in found if one.right and not one.wrong]
    name = "ramdocs as shown: planted answer undisputed beside the right one"
    metrics = (
        *rate(name, (one.undisputed for one in beside), target=MOST_UNDISPUTED, lower=True),
        *rate(f"{name}, of all questions", (one.undisputed for one in found), lower=True),
        *rate("ramdocs as shown: right answers alone, one marked", (any(one.right) for one in alone)),
    )
    return metrics, [
        {"set": "ramdocs as shown", "id": one.id, "question": one.question, "claims": one.claims}
        for one in beside
        if one.undisputed
    ]


async def _asked(folder: Path, setup: Setup) -> AsyncIterator[ShownAnswers]:
    with tempfile.TemporaryDirectory() as scratch:
        async with opened(Path(scratch) / "home") as app:
            for row in _planted(folder, setup):
                corpus = _written(Path(scratch) / "documents" / row["id"], row)
                yield _shown(corpus, row, await report_on(app, corpus, row["question"]))


def _planted(folder: Path, setup: Setup) -> Iterator[Mapping[str, Any]]:
    for row in rows(folder / "rows.jsonl", RAMDOCS.files["rows.jsonl"], setup.limit):
        if {"misinfo", "correct"} <= {document["type"] for document in row["documents"]}:
            yield row


def _written(folder: Path, row: Mapping[str, Any]) -> Corpus:
    """Write the documents of a question into a folder, each under its number."""
    folder.mkdir(parents=True)
    for at, document in enumerate(row["documents"]):
        (folder / f"{at}.txt").write_text(document["text"], encoding="utf-8")
    return Corpus(name=row["id"], documents=folder, rows=())


def _shown(corpus: Corpus, row: Mapping[str, Any], report: Mapping[str, Any]) -> ShownAnswers:
    places = {source["id"]: corpus.path(source["location"]) for source in report["sources"]}
    wrong, right = [], []
    for claim in report["claims"]:
        marked = claim["verdict"] == _DISPUTED or bool(claim.get("against"))
        document = row["documents"][int(places[claim["citations"][0]["source"]].partition(".")[0])]
        said = claim["text"].lower()
        if document["type"] == "misinfo" and document["answer"].lower() in said:
            wrong.append(marked)
        elif document["type"] == "correct" and any(gold.lower() in said for gold in row["gold_answers"]):
            right.append(marked)
    return ShownAnswers(
        id=row["id"],
        question=row["question"],
        wrong=tuple(wrong),
        right=tuple(right),
        claims=tuple(f"{claim['verdict']}: {claim['text']}" for claim in report["claims"]),
    )
