"""Test the suite that compares the cost of a run."""

from __future__ import annotations

import zlib
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evals.bench import made_pages
from evals.suite import Setup
from evals.suites import load

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "ROUNDS", 2)
    monkeypatch.setattr(load, "IN_TURN", 1)
    monkeypatch.setattr(made_pages, "SECONDS", 0.0)


def setup() -> Setup:
    return Setup(data=None, limit=2, clock=lambda: 0.0, say=lambda _: None)


async def test_every_ratio_is_measured_with_its_spread() -> None:
    """CPU, rate and bytes of both shapes are compared at 1 and at the limit, and every round is kept."""
    measured = await load.measure(setup())
    metrics = {metric.name: metric for metric in measured.metrics}
    assert list(metrics) == [
        f"{what} {when}{shape} ratio"
        for when in ("at 1", "at 2")
        for shape in ("", " as 8 branches")
        for what in ("CPU per run", "runs/s", "bytes on disk")
    ]
    assert all(0 < metric.low <= metric.value <= metric.high for metric in metrics.values())
    assert all((metric.floor, metric.n) == (1.0, 2) for metric in metrics.values())
    assert {name for name, metric in metrics.items() if not metric.lower_is_better} == {
        name for name in metrics if name.startswith("runs/s")
    }
    assert len(measured.cases) == 2 * 2 * 3


async def test_targets_are_set_where_the_tools_are_not_the_ceiling() -> None:
    """One run at a time is as fast as its tools: its rate has no target, nor has the shape of 8 branches."""
    measured = await load.measure(setup())
    targets = {metric.name: metric.target for metric in measured.metrics if metric.target is not None}
    assert targets == {
        "CPU per run at 1 ratio": 1.0,
        "bytes on disk at 1 ratio": 0.4,
        "CPU per run at 2 ratio": 1.0,
        "runs/s at 2 ratio": 1.5,
        "bytes on disk at 2 ratio": 0.4,
    }


async def test_a_run_that_did_other_work_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that rests on fewer pages ends the suite instead of making a graph look cheap."""

    @asynccontextmanager
    async def lazy(_: Path, __: Mapping[str, str]) -> AsyncIterator[load.Ask]:
        async def ask(_: str, __: str) -> int:
            return 7

        yield ask

    monkeypatch.setattr(load, "CONTENDERS", (replace(load.BARE, open=lazy),))
    with pytest.raises(RuntimeError, match="7 pages of 8"):
        await load.measure(setup())


def test_pages_are_as_long_and_as_dense_as_prose() -> None:
    """No two pages share their words, each is 20 KB, and they deflate no better than English does."""
    written = made_pages.write_pages(["a", "b"])
    assert written == made_pages.write_pages(["a", "b"])
    bodies = [text.partition("\n")[2] for text in written.values()]
    assert bodies[0][:200] != bodies[1][:200]
    assert all(len(text) == made_pages.BYTES for text in written.values())
    assert all(
        0.4 < len(zlib.compress(text.encode(), 1)) / made_pages.BYTES < 0.6 for text in written.values()
    )
