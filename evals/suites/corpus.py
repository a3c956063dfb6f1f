"""Measure the whole product on questions with known passages: `python -m evals corpus`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.whole_product import ProductAnswer, answers
from evals.data import find, optional_data_folder
from evals.intervals import quantile, wilson
from evals.questions import LIBRARY, MULTIHOP, Corpus, library, multihop
from evals.result import Metric, SuiteResult
from evals.suite import Setup


async def measure(setup: Setup) -> SuiteResult:
    """Ask the library's questions, and where it is found those of MultiHop-RAG that did not calibrate."""
    metrics: list[Metric] = []
    cases: list[Mapping[str, Any]] = []
    names = []
    with tempfile.TemporaryDirectory() as scratch:
        for corpus in _corpora(setup, Path(scratch)):
            kept = replace(corpus, rows=corpus.rows[: setup.limit])
            setup.say(f"{corpus.name}: {len(kept.rows)} questions")
            asked = await answers(kept, Path(scratch) / f"{corpus.name}.home")
            measured = _multihop_metrics(asked) if corpus.name == MULTIHOP.name else _metrics(asked)
            metrics += measured
            cases += _worst(corpus.name, asked)
            names.append(f"{corpus.name} ({len(kept.rows)} questions)")
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    return SuiteResult(
        suite="corpus", data=", ".join(names), date=date, metrics=tuple(metrics), cases=tuple(cases)
    )


def _corpora(setup: Setup, scratch: Path) -> Iterator[Corpus]:
    """Yield the library, or the one the data holds, and MultiHop-RAG where the data holds it."""
    folder = optional_data_folder(setup.data)
    inside = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())] if folder else []
    own = next(
        (path for path in inside if (path / "questions.jsonl").is_file() and (path / "documents").is_dir()),
        None,
    )
    found = find(folder, MULTIHOP) if folder else None
    yield library(own or LIBRARY, "questions.jsonl")
    if found:
        yield multihop(found, scratch / "multihop", calibrates=False)


def _metrics(asked: Sequence[ProductAnswer]) -> Iterator[Metric]:
    answerable = [one for one in asked if one.row.gold]
    yield from _rate(
        "gold passage cited", map(_whole, answerable), floor=map(_floor, answerable), target=0.85
    )
    yield from _rate(
        "abstained when unanswerable",
        (not one.cited for one in asked if not one.row.gold),
        floor=(False,),
        target=0.80,
    )
    yield from _rate("citations verify", (ok for one in asked for ok in _verified(one)), target=1.0)
    yield from _rate("answered when answerable", (bool(one.cited) for one in answerable))
    for kind in sorted({one.row.kind for one in answerable}):
        mine = [one for one in answerable if one.row.kind == kind]
        yield from _rate(f"gold passage cited, {kind}", map(_whole, mine), floor=map(_floor, mine))
    yield from _seconds("", asked)


def _multihop_metrics(asked: Sequence[ProductAnswer]) -> Iterator[Metric]:
    answerable = [one for one in asked if one.row.gold]
    facts = (held for one in answerable for held in one.holding(one.cited))
    floor = (held for one in answerable for held in one.holding(one.floor))
    yield from _rate("multihop facts cited", facts, floor=floor)
    yield from _rate(
        "multihop abstained on null_query",
        (not one.cited for one in asked if not one.row.gold),
        floor=(False,),
        target=0.80,
    )
    yield from _rate("multihop answered when answerable", (bool(one.cited) for one in answerable))
    yield from _rate("multihop citations verify", (ok for one in asked for ok in _verified(one)), target=1.0)
    yield from _seconds("multihop ", asked)


def _whole(one: ProductAnswer) -> bool:
    """Tell whether every gold passage is cited."""
    return all(one.holding(one.cited))


def _floor(one: ProductAnswer) -> bool:
    return all(one.holding(one.floor))


def _verified(one: ProductAnswer) -> Iterator[bool]:
    """Yield for each citation whether its quote is the stored text at its offsets."""
    for citation in one.citations:
        text = one.texts.get(citation["source"], "")
        yield text[citation["start"] : citation["end"]] == citation["quote"] != ""


def _rate(
    name: str, outcomes: Iterable[bool], *, floor: Iterable[bool] = (), target: float | None = None
) -> Iterator[Metric]:
    """Yield the share of outcomes that are good, with its Wilson interval; nothing without outcomes."""
    good, plain = list(outcomes), list(floor)
    if good:
        low, high = wilson(sum(good), len(good))
        least = sum(plain) / len(plain) if plain else None
        yield Metric(
            name=name,
            value=sum(good) / len(good),
            n=len(good),
            low=low,
            high=high,
            floor=least,
            target=target,
        )


def _seconds(prefix: str, asked: Sequence[ProductAnswer]) -> Iterator[Metric]:
    """Yield the median and 95th percentile of the seconds a question took, with order-statistic intervals."""
    took = [one.seconds for one in asked]
    for name, share in (("median", 0.5), ("95th percentile", 0.95)):
        if took:
            value, low, high = quantile(took, share)
            yield Metric(
                name=f"{prefix}seconds a question, {name}",
                value=value,
                n=len(took),
                low=low,
                high=high,
                target=1.0,
                lower_is_better=True,
            )


def _worst(corpus: str, asked: Sequence[ProductAnswer]) -> Iterator[Mapping[str, Any]]:
    """Yield each question that was answered wrongly, and how."""
    for one in asked:
        wrong = bool(one.cited) if not one.row.gold else not _whole(one)
        if wrong:
            outcome = (
                "answered without gold"
                if not one.row.gold
                else "not answered"
                if not one.cited
                else "gold missed"
            )
            yield {
                "corpus": corpus,
                "id": one.row.id,
                "kind": one.row.kind,
                "question": one.row.question,
                "outcome": outcome,
                "quotes": [citation["quote"] for citation in one.citations],
            }
