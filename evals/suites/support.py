"""Measure how well support of a claim by its source is told: `python -m evals support`.

Nothing is fitted on these sets. A value is the area under the ROC curve: how often a supported claim scores
higher than one that is not. The floor is the share of the claim's words that stand anywhere in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.data import DataSet, data_folder, describe, find, rows
from evals.intervals import resampled
from evals.ranks import auc
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from tools.lexicon.sentences import sentences
from tools.lexicon.terms import terms
from tools.statements.claim_support import support

ATTRIBUTION = DataSet(
    name="attributionbench",
    files={"rows.jsonl": {"id": str, "claim": str, "references": list, "attribution_label": str}},
    origin="AttributionBench, https://github.com/OSU-NLP-Group/AttributionBench",
)
WICE = DataSet(
    name="wice",
    files={"rows.jsonl": {"claim": str, "evidence": list, "label": str, "supporting_sentences": list}},
    origin="WiCE, https://github.com/ryokamoi/wice",
)
_TARGETS = {"attributionbench": 0.72, "wice": 0.78}
_WORST = 10
Score = Callable[[str, Sequence[str]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgeable:
    """Hold a claim, the sentences of its source, and whether people found that they support it."""

    claim: str
    sentences: tuple[str, ...]
    supported: bool


async def measure(setup: Setup) -> SuiteResult:
    """Score every claim of both sets and compare the scores with what people said."""
    folder = data_folder(setup.data)
    sets = {name: found for name, found in _sets(folder, setup.limit).items() if found}
    if not sets:
        raise Misconfigured(f"{folder}: none of these is there:\n{describe(ATTRIBUTION)}\n{describe(WICE)}")
    return SuiteResult(
        suite="support",
        data=", ".join(f"{name} ({len(cases)} claims)" for name, cases in sets.items()),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=tuple(_metric(name, cases) for name, cases in sets.items()),
        cases=tuple(case for name, cases in sets.items() for case in _worst(name, cases)),
    )


def containment(claim: str, read: Sequence[str]) -> float:
    """Return the share of a claim's words that stand anywhere in the sentences: the floor."""
    said = frozenset(terms(claim))
    return len(said & frozenset(terms(" ".join(read)))) / len(said) if said else 0.0


def _sets(folder: Path, limit: int | None) -> dict[str, list[Judgeable]]:
    attribution, wice = find(folder, ATTRIBUTION), find(folder, WICE)
    return {
        "attributionbench": list(_attributed(attribution, limit)) if attribution else [],
        "wice": list(_cited(wice, limit)) if wice else [],
    }


def _attributed(folder: Path, limit: int | None) -> Iterator[Judgeable]:
    for row in rows(folder / "rows.jsonl", ATTRIBUTION.files["rows.jsonl"], limit):
        read = (text[start:end] for text in row["references"] for start, end in sentences(text))
        yield Judgeable(
            claim=row["claim"],
            sentences=tuple(read),
            supported=row["attribution_label"] == "attributable",
        )


def _cited(folder: Path, limit: int | None) -> Iterator[Judgeable]:
    for row in rows(folder / "rows.jsonl", WICE.files["rows.jsonl"], limit):
        yield Judgeable(
            claim=row["claim"], sentences=tuple(row["evidence"]), supported=row["label"] == "supported"
        )


def _metric(name: str, cases: Sequence[Judgeable]) -> Metric:
    scored = [(support(case.claim, case.sentences), float(case.supported)) for case in cases]
    floor = [(containment(case.claim, case.sentences), float(case.supported)) for case in cases]
    low, high = resampled(scored, auc)
    return Metric(
        name=f"{name}: area under the curve",
        value=auc(scored),
        n=len(cases),
        low=low,
        high=high,
        floor=auc(floor),
        target=_TARGETS[name],
    )


def _worst(name: str, cases: Sequence[Judgeable]) -> Iterator[dict[str, Any]]:
    """Yield the claims that were told most wrongly."""
    scored = [(support(case.claim, case.sentences), case) for case in cases]
    scored.sort(key=lambda one: one[0] if one[1].supported else 1 - one[0])
    for value, case in scored[:_WORST]:
        yield {"set": name, "claim": case.claim, "support": round(value, 3), "supported": case.supported}
