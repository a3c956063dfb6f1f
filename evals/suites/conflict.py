"""Measure how well agreement and contradiction are found: `python -m evals conflict`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.bench.planted_answers import RAMDOCS, planted
from evals.bench.shown_disputes import shown
from evals.data import DataSet, describe, find, optional_data_folder, rows
from evals.floors.word_overlap import compared
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from tools.statements.statement import statement
from tools.statements.statement_comparison import disagree, repeats

PAIRS = DataSet(
    name="docs_qa",
    files={"pairs.jsonl": {"id": str, "a": str, "b": str, "relation": str}},
    origin="a set of your own: two statements and their relation (contradict, agree, or any other word)",
)
OWN = Path(__file__).parents[1] / "library" / "statements.jsonl"
CONTRADICT, AGREE, NEITHER = "contradict", "agree", "neither"
Compare = Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Hold two statements and how they stand to each other."""

    id: str
    a: str
    b: str
    relation: str


async def measure(setup: Setup) -> SuiteResult:
    """Measure on the statements of the library, and on pairs and planted answers where they are found."""
    sets = {"library": _pairs(OWN, setup)}
    folder = optional_data_folder(setup.data)
    found = find(folder, PAIRS) if folder else None
    if found:
        pairs = _pairs(found / "pairs.jsonl", setup)
        sets |= {
            "docs_qa, tuned half": [pair for pair in pairs if is_tuned(pair.id)],
            "docs_qa, other half": [pair for pair in pairs if not is_tuned(pair.id)],
            "docs_qa, all": pairs,
        }
    else:
        setup.say(f"conflict: only the library, for want of\n{describe(PAIRS)}")
    planting = find(folder, RAMDOCS) if folder else None
    metrics = [metric for name, pairs in sets.items() for metric in _metrics(name, pairs)]
    disputes = await shown(planting, setup) if planting else ((), ())
    return SuiteResult(
        suite="conflict",
        data=", ".join(f"{name} ({len(pairs)} pairs)" for name, pairs in sets.items()),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*metrics, *(await planted(planting, setup) if planting else ()), *disputes[0]),
        cases=(
            *(case for name, pairs in sets.items() if "half" not in name for case in _wrong(name, pairs)),
            *disputes[1],
        ),
    )


def is_tuned(name: str) -> bool:
    """Return whether a pair was for tuning, by a hash of its id."""
    return hashlib.sha256(f"pairs {name}".encode()).digest()[0] % 2 == 0


def told(left: str, right: str) -> str:
    """Return how the product compares two statements."""
    one, other = statement(left), statement(right)
    if disagree(one, other):
        return CONTRADICT
    return AGREE if repeats(one, other) or repeats(other, one) else NEITHER


def _pairs(path: Path, setup: Setup) -> list[Pair]:
    fields = next(iter(PAIRS.files.values()))
    return [
        Pair(
            id=row["id"],
            a=row["a"],
            b=row["b"],
            relation=row["relation"] if row["relation"] in {CONTRADICT, AGREE} else NEITHER,
        )
        for row in rows(path, fields, setup.limit)
    ]


def _metrics(name: str, pairs: Sequence[Pair]) -> Iterator[Metric]:
    against = [pair for pair in pairs if pair.relation == CONTRADICT]
    alike = [pair for pair in pairs if pair.relation == AGREE]
    rest = [pair for pair in pairs if pair.relation != CONTRADICT]
    unlike = [pair for pair in pairs if pair.relation != AGREE]
    yield from _rate(f"{name}: contradictions found", against, CONTRADICT, 0.6)
    yield from _rate(f"{name}: false contradictions", rest, CONTRADICT, 0.05, lower=True)
    yield from _rate(f"{name}: agreements found", alike, AGREE, 0.35)
    yield from _rate(f"{name}: false agreements", unlike, AGREE, 0.0, lower=True)


def _rate(
    name: str, pairs: Sequence[Pair], said: str, target: float, *, lower: bool = False
) -> Iterator[Metric]:
    """Yield the share of pairs that are judged, beside the judgement by words alone."""
    if not pairs:
        return
    count, floor = _count(pairs, said, told), _count(pairs, said, compared)
    low, high = wilson(count, len(pairs))
    yield Metric(
        name=name,
        value=count / len(pairs),
        n=len(pairs),
        low=low,
        high=high,
        floor=floor / len(pairs),
        target=target,
        lower_is_better=lower,
    )


def _count(pairs: Sequence[Pair], said: str, compare: Compare) -> int:
    return sum(compare(pair.a, pair.b) == said for pair in pairs)


def _wrong(name: str, pairs: Sequence[Pair]) -> Iterator[dict[str, Any]]:
    """Yield each pair that is judged wrongly, the most harmful errors first."""
    wrong = [(pair, said) for pair in pairs if (said := told(pair.a, pair.b)) != pair.relation]
    for pair, said in sorted(wrong, key=lambda one: one[1] == NEITHER):
        yield {"set": name, "id": pair.id, "a": pair.a, "b": pair.b, "is": pair.relation, "told": said}
