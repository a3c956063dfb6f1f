"""Measure whether planted wrong answers are disputed, and whether one confirms another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.data import DataSet, rows
from evals.intervals import wilson
from evals.result import Metric
from evals.suite import Setup
from graph.options import Options
from graph.reading import Excerpt
from graph.records import Claim, Passage, Run, Span, Verdict, source_id
from graph.untrusted import Untrusted
from tools.lexicon.sentences import sentences
from tools.models.extractive.judge import ExtractiveJudge

RAMDOCS = DataSet(
    name="ramdocs",
    files={"rows.jsonl": {"id": str, "question": str, "documents": list, "gold_answers": list}},
    origin="RAMDocs, https://github.com/HanNight/RAMDocs",
)
_RUN = Run(id="planted", question="", options=Options(), started=0.0)
_LIKELY = 0.9
Answering = tuple[Claim, Excerpt]


async def planted(folder: Path, setup: Setup) -> Sequence[Metric]:
    """Judge the sentences that give the answers of each question's documents."""
    wrong = undisputed = confirmed = counted = 0
    for row in rows(folder / "rows.jsonl", RAMDOCS.files["rows.jsonl"], setup.limit):
        claims = {claim.id: (claim, excerpt, document) for claim, excerpt, document in _answering(row)}
        verdicts = await ExtractiveJudge().judge(
            _RUN, row["question"], [(c, e) for c, e, _ in claims.values()]
        )
        kinds = {document["type"] for _, _, document in claims.values()}
        answers = {span.source: doc["answer"] for claim, _, doc in claims.values() for span in claim.spans}
        for verdict in verdicts:
            document = claims[verdict.claim][2]
            if document["type"] == "misinfo" and "correct" in kinds:
                wrong += 1
                undisputed += not verdict.against
            counted += 1
            confirmed += _is_confirmed_by_another(verdict, document["answer"], answers)
    return [
        _metric("ramdocs: planted answers undisputed", undisputed, wrong),
        _metric("ramdocs: answers confirmed by another answer", confirmed, counted, target=0.0),
    ]


def _metric(name: str, count: int, n: int, target: float | None = None) -> Metric:
    low, high = wilson(count, n) if n else (0.0, 1.0)
    value = count / n if n else 0.0
    return Metric(name=name, value=value, n=n, low=low, high=high, target=target, lower_is_better=True)


def _is_confirmed_by_another(verdict: Verdict, answer: str, answers: Mapping[str, str]) -> bool:
    return any(answers[span.source] != answer for span in verdict.confirmed)


def _answering(row: Mapping[str, Any]) -> list[tuple[Claim, Excerpt, Mapping[str, Any]]]:
    """Return for each document that answers its first sentence with the answer, as a claim."""
    found = []
    for at, document in enumerate(row["documents"]):
        text, answer = document["text"], document["answer"]
        spans = [(start, end) for start, end in sentences(text) if answer.lower() in text[start:end].lower()]
        if spans and answer != "unknown":
            claim, excerpt = _claim(f"{row['id']}.{at}", text, *spans[0])
            found.append((claim, excerpt, document))
    return found


def _claim(name: str, text: str, start: int, end: int) -> Answering:
    span = Span(source=source_id(text), start=start, end=end)
    excerpt = Excerpt(
        passage=Passage(span=span, score=1.0),
        text=Untrusted(text[start:end]),
        title=Untrusted(""),
        published=None,
    )
    return Claim(id=name, root="b1", spans=(span,), relevance=_LIKELY), excerpt
