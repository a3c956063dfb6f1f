from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.suite import Setup
from evals.suites.support import measure
from graph.errors import Misconfigured


def setup(folder: Path) -> Setup:
    return Setup(data=folder, limit=None, clock=lambda: 0.0, say=lambda _: None)


def row(name: str, claim: str, source: str, label: str) -> str:
    return json.dumps({"id": name, "claim": claim, "references": [source], "attribution_label": label})


async def test_claims_are_compared_with_what_people_said(tmp_path: Path) -> None:
    """Where supported claims alone stand in their sources, all are told apart, and cases are shown."""
    source = "The mill was built in 1820. It has four sails."
    made = [
        row("a", "The mill was built in 1820.", source, "attributable"),
        row("b", "The mill has four sails.", source, "attributable"),
        row("c", "The barn burnt down in 1911.", source, "not attributable"),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(made), encoding="utf-8")
    measured = await measure(setup(tmp_path))
    (metric,) = measured.metrics
    assert (metric.value, metric.n) == (1.0, 3)
    assert {case["claim"] for case in measured.cases} >= {"The barn burnt down in 1911."}


async def test_without_data_it_says_what_it_wants(tmp_path: Path) -> None:
    """An empty folder is named with the form of the sets that could be there."""
    with pytest.raises(Misconfigured, match="AttributionBench"):
        await measure(setup(tmp_path))
