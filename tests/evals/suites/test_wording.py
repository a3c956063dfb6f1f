"""Test the suite that measures the guard of worded sentences, on a tiny set."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.bench.wording_changes import BEFORE
from evals.bench.wording_changes_after import AFTER
from evals.bench.wording_changes_fresh import FRESH
from evals.bench.wording_quotes import DOCS_QA, WICE, draw, rewordings
from evals.suites import wording
from evals.suites.wording import OTHERS, measure
from graph.errors import Misconfigured
from guards.wording.wording import Worded, WordingResult
from tests.evals.sets import setup, write

QUOTES = [
    f"The {name} pump, if dry, was built by Marsh in May 19{year} and may lift all 40 tons before noon."
    for year, name in enumerate(("old", "new", "red", "tall", "first", "southern"), start=70)
]


def docs_qa(folder: Path) -> Path:
    write(
        folder / "questions.jsonl",
        [{"id": quote, "question": "?", "gold": [{"path": "a.md", "quote": quote}]} for quote in QUOTES[:3]],
    )
    return folder


def wice(folder: Path) -> Path:
    supporting = {
        "claim": "?",
        "evidence": ["Too short.", *QUOTES[3:]],
        "supporting_sentences": [[0, 1], [2, 3]],
    }
    write(folder / "rows.jsonl", [supporting])
    return folder


async def test_every_kind_and_every_rewording_is_counted(tmp_path: Path) -> None:
    """Each kind has its target, its floor and its cases; rewordings are rated, and again by kind."""
    result = await measure(setup(docs_qa(wice(tmp_path))))
    refused = {
        m.name.removeprefix("refused: ").partition(" (")[0]: m for m in result.metrics if m.target == 0.95
    }
    let_through = [metric for metric in result.metrics if metric.target == 0.9]
    assert {*BEFORE, *AFTER} <= set(refused)
    assert set(refused) <= {*BEFORE, *AFTER, *FRESH, OTHERS}
    assert all(metric.n == len(QUOTES) for name, metric in refused.items() if name in BEFORE)
    assert [metric.n for metric in let_through] == [len(rewordings())]
    assert all(
        metric.floor is not None and metric.low <= metric.value <= metric.high for metric in result.metrics
    )


@pytest.mark.parametrize("says", list(WordingResult))
async def test_a_guard_that_says_one_thing_fails_one_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: WordingResult
) -> None:
    """What is not compared is neither refused nor let through, so only one that tells apart meets both."""

    def always(text: str, quotes: Sequence[str]) -> Worded:
        del text, quotes
        return Worded(wording=says)

    monkeypatch.setattr(wording, "worded", always)
    result = await measure(setup(docs_qa(tmp_path)))
    values = {metric.target: metric.value for metric in result.metrics if metric.target}
    assert values == {0.95: float(says is WordingResult.REFUSED), 0.9: float(says is WordingResult.COVERED)}


def test_quotes_are_drawn_evenly_the_same_each_time_and_apart(tmp_path: Path) -> None:
    """Half come from each set, headings and scraps are left out, and what was drawn can be kept out."""
    sets = [(DOCS_QA, docs_qa(tmp_path / "one")), (WICE, wice(tmp_path / "two"))]
    drawn = draw(sets, 4)
    assert drawn == draw(sets, 4)
    assert sum(quote in QUOTES[:3] for quote in drawn) == 2
    assert len(set(draw(sets, 9))) == len(QUOTES)
    assert not set(drawn) & set(draw(sets, 9, without=drawn))


@pytest.mark.parametrize("kind", [*BEFORE, *AFTER])
def test_a_kind_changes_what_it_names(kind: str) -> None:
    """Each of the eight kinds finds something to change in a full sentence, and the same each time."""
    change = {**BEFORE, **AFTER}[kind]
    changed, again = ([change(quote, random.Random(1)) for quote in QUOTES] for _ in "12")  # noqa: S311
    assert changed == again
    assert all(new and new != quote for new, quote in zip(changed, QUOTES, strict=True))


def test_rewordings_are_many_and_of_every_kind() -> None:
    """At least sixty were written by hand; none is a quote as it stands."""
    rows = rewordings()
    assert len(rows) >= 60
    assert {row.how for row in rows} == {"shortened", "joined", "reordered"}
    assert not [row for row in rows if row.text in row.quotes]


async def test_without_quotes_the_form_is_named(tmp_path: Path) -> None:
    """Whoever has no data is told which to fetch."""
    with pytest.raises(Misconfigured, match="wice"):
        await measure(setup(tmp_path))
