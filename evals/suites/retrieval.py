"""Measure retrieval: `python -m evals retrieval`.

SciFact ranks abstracts by their best passage for a claim. 2WikiMultihopQA needs every page of a chain: the
searches, follow-ups and fusion of a run in standard mode. Plain BM25 stands beside both, on the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.document_search import Document, searched
from evals.data import SCIFACT, TWOWIKI, data_folder, describe, find, rows
from evals.floors.plain_bm25 import PlainBM25
from evals.intervals import bootstrap, wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured

TOP = 10
NDCG_TARGET = 0.71
ALL_GOLD_TARGET = 0.80
_WORST = 10
_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalQuestion:
    """Ask for documents; `gold` holds their names, any of those in a group will do."""

    id: str
    text: str
    gold: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedDocuments:
    """Hold the first documents for a question: by the product, and by plain BM25."""

    question: RetrievalQuestion
    found: tuple[str, ...]
    plain: tuple[str, ...]


async def measure(setup: Setup) -> SuiteResult:
    """Measure on each data set that is there; raises Misconfigured for none, or a malformed row."""
    folder = data_folder(setup.data)
    scifact, twowiki = find(folder, SCIFACT), find(folder, TWOWIKI)
    metrics: list[Metric] = []
    cases: list[Mapping[str, Any]] = []
    if scifact:
        ranked = await _scifact(scifact, setup)
        metrics += _scifact_metrics(ranked)
        cases += _worst("scifact", ranked)
    if twowiki:
        ranked = await _twowiki(twowiki, setup)
        metrics.append(_all_gold(ranked))
        cases += _worst("twowiki", ranked)
    if not metrics:
        raise Misconfigured(
            f"{folder} holds no data set of these forms:\n{describe(SCIFACT)}\n{describe(TWOWIKI)}"
        )
    return SuiteResult(
        suite="retrieval",
        data=", ".join(str(path) for path in (scifact, twowiki) if path),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=tuple(metrics),
        cases=tuple(cases),
    )


async def _scifact(folder: Path, setup: Setup) -> list[RankedDocuments]:
    documents = [
        Document(name=str(row["doc_id"]), title=row["title"], text=" ".join(row["abstract"]))
        for row in rows(folder / "corpus.jsonl", SCIFACT.files["corpus.jsonl"])
    ]
    questions = [
        RetrievalQuestion(id=str(row["id"]), text=row["claim"], gold=_each(map(str, row["cited_doc_ids"])))
        for row in rows(folder / "claims.jsonl", SCIFACT.files["claims.jsonl"], setup.limit)
        if row["cited_doc_ids"]
    ]
    async with searched(documents) as search:
        return await _rank("scifact", documents, questions, search.ranked, setup)


async def _twowiki(folder: Path, setup: Setup) -> list[RankedDocuments]:
    documents = [
        Document(name=row["id"], title=row["title"], text=row["text"])
        for row in rows(folder / "corpus.jsonl", TWOWIKI.files["corpus.jsonl"])
    ]
    titled: dict[str, set[str]] = {}
    for document in documents:
        titled.setdefault(document.title, set()).add(document.name)
    questions = [
        RetrievalQuestion(
            id=row["id"],
            text=row["question"],
            gold=tuple(frozenset(titled[title]) for title in row["gold_titles"]),
        )
        for row in rows(folder / "questions.jsonl", TWOWIKI.files["questions.jsonl"], setup.limit)
        if all(title in titled for title in row["gold_titles"])
    ]
    async with searched(documents) as search:
        return await _rank("twowiki", documents, questions, search.researched, setup)


def _each(names: Collection[str] | map[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({name}) for name in names)


async def _rank(
    name: str,
    documents: Sequence[Document],
    questions: Sequence[RetrievalQuestion],
    search: Callable[[str], Awaitable[list[str]]],
    setup: Setup,
) -> list[RankedDocuments]:
    """Rank by the product and by plain BM25 over title and text."""
    if not questions:
        raise Misconfigured(f"{name}: no row names documents of its corpus: see its form in evals/data.py")
    plain = PlainBM25({document.name: f"{document.title}\n{document.text}" for document in documents})
    ranked = []
    for at, question in enumerate(questions, 1):
        found = (await search(question.text))[:TOP]
        ranked.append(
            RankedDocuments(
                question=question, found=tuple(found), plain=tuple(plain.search(question.text, TOP))
            )
        )
        if at % _REPORT_EVERY == 0 or at == len(questions):
            setup.say(f"retrieval: {name}, {at} of {len(questions)} questions")
    return ranked


def ndcg(found: Sequence[str], gold: Collection[frozenset[str]]) -> float:
    """Return nDCG at ten of documents that are relevant or not (Jarvelin and Kekalainen 2002), in 0..1."""
    gains = [any(name in group for group in gold) for name in found[:TOP]]
    best = sum(1 / math.log2(rank + 2) for rank in range(min(TOP, len(gold))))
    return sum(1 / math.log2(rank + 2) for rank, gain in enumerate(gains) if gain) / best


def recall(found: Sequence[str], gold: Collection[frozenset[str]]) -> float:
    """Return the share of the gold documents among the first ten, in 0..1."""
    return sum(any(name in group for name in found[:TOP]) for group in gold) / len(gold)


def _scifact_metrics(ranked: Sequence[RankedDocuments]) -> list[Metric]:
    return [
        _mean("scifact nDCG@10", ranked, ndcg, NDCG_TARGET),
        _mean("scifact recall@10", ranked, recall, None),
    ]


def _mean(
    name: str,
    ranked: Sequence[RankedDocuments],
    score: Callable[[Sequence[str], Collection[frozenset[str]]], float],
    target: float | None,
) -> Metric:
    values = [score(item.found, item.question.gold) for item in ranked]
    floor = [score(item.plain, item.question.gold) for item in ranked]
    low, high = bootstrap(values)
    n = len(values)
    return Metric(
        name=name, value=sum(values) / n, n=n, low=low, high=high, floor=sum(floor) / n, target=target
    )


def _all_gold(ranked: Sequence[RankedDocuments]) -> Metric:
    whole = sum(recall(item.found, item.question.gold) == 1 for item in ranked)
    floor = sum(recall(item.plain, item.question.gold) == 1 for item in ranked)
    low, high = wilson(whole, len(ranked))
    return Metric(
        name="twowiki all gold@10",
        value=whole / len(ranked),
        n=len(ranked),
        low=low,
        high=high,
        floor=floor / len(ranked),
        target=ALL_GOLD_TARGET,
    )


def _worst(data: str, ranked: Sequence[RankedDocuments]) -> list[Mapping[str, Any]]:
    """Show the questions whose gold ranks worst, and what ranks instead."""
    missed = sorted(ranked, key=lambda item: ndcg(item.found, item.question.gold))[:_WORST]
    return [
        {
            "data": data,
            "id": item.question.id,
            "question": item.question.text,
            "ndcg": round(ndcg(item.found, item.question.gold), 4),
            "gold": [sorted(group) for group in item.question.gold],
            "found": list(item.found),
        }
        for item in missed
        if recall(item.found, item.question.gold) < 1
    ]
