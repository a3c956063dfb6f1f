"""Test the suite that measures retrieval, on tiny sets."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from evals.bench.document_search import Document, searched
from evals.floors.plain_bm25 import PlainBM25
from evals.suites.retrieval import measure, ndcg, recall
from graph.errors import Misconfigured
from tests.evals.sets import scifact, setup, twowiki, write

GOLD = (frozenset({"a", "a2"}), frozenset({"b"}))


def test_ndcg_is_what_the_formula_says() -> None:
    """Gains are discounted by the logarithm of the rank and divided by the best order's."""
    best = 1 + 1 / math.log2(3)
    assert ndcg(["a", "b"], GOLD) == 1
    assert ndcg(["x", "b", "a2"], GOLD) == pytest.approx((1 / math.log2(3) + 1 / 2) / best)
    assert ndcg(["x"] * 10 + ["a"], GOLD) == 0


def test_recall_counts_each_gold_page_once() -> None:
    """Any page of a title will do, and two of one title are still one."""
    assert recall(["a", "a2"], GOLD) == 0.5
    assert recall(["a2", "b"], GOLD) == 1


def test_plain_bm25_gives_the_formula_by_hand() -> None:
    """The floor prefers the rarer term, then the shorter document, and knows nothing else."""
    plain = PlainBM25({"long": "krill sea sea sea ice", "short": "krill sea", "other": "sea"})
    assert list(plain.search("krill", 5)) == ["short", "long"]
    assert list(plain.search("nothing", 5)) == []


async def test_both_sets_are_measured_with_floor_target_and_date(tmp_path: Path) -> None:
    """The result holds each metric beside plain BM25 on the same rows; rows without gold are left out."""
    scifact(tmp_path / "scifact")
    twowiki(tmp_path / "wiki")
    result = await measure(setup(tmp_path))
    metrics = {metric.name: metric for metric in result.metrics}
    assert metrics["scifact nDCG@10"].value == 1
    assert metrics["scifact nDCG@10"].n == 2
    assert metrics["scifact nDCG@10"].target == 0.71
    assert metrics["twowiki all gold@10"].value == 1
    assert all(metric.floor is not None for metric in result.metrics)
    assert result.date == "1970-01-01T00:00:00+00:00"
    assert result.cases == ()


async def test_what_is_missed_is_shown(tmp_path: Path) -> None:
    """A question whose gold is not found becomes a case with what ranked instead."""
    folder = scifact(tmp_path)
    write(folder / "claims.jsonl", [{"id": 7, "claim": "Storms in autumn.", "cited_doc_ids": [2]}])
    result = await measure(setup(folder))
    assert result.metrics[0].value == 0
    assert result.cases[0]["id"] == "7"
    assert result.cases[0]["gold"] == [["2"]]
    assert result.cases[0]["found"] == ["3"]


async def test_a_limit_measures_the_first_rows(tmp_path: Path) -> None:
    """`--limit` counts rows of questions; the corpus stays whole."""
    result = await measure(setup(scifact(tmp_path), limit=1))
    assert result.metrics[0].n == 1


async def test_a_folder_without_data_is_a_plain_error(tmp_path: Path) -> None:
    """Nothing to measure with says which forms are looked for."""
    with pytest.raises(Misconfigured, match=r"questions\.jsonl"):
        await measure(setup(tmp_path))


async def test_a_chain_is_followed_as_a_run_does() -> None:
    """The second page is found by a name on the first, though it shares no word with the question."""
    pages = [
        Document(name=f"x{at}", title=f"Town {at}", text=f"Town {at} is a film town.") for at in range(20)
    ]
    pages += [
        Document(name="a", title="Blood Street", text="Blood Street is a film directed by Leo Fong."),
        Document(name="b", title="Leo Fong", text="Leo Fong lives in Canton."),
    ]
    async with searched(pages) as search:
        question = "Which is the country of the director of film Blood Street?"
        assert "b" not in await search.ranked(question)
        assert (await search.researched(question)).index("b") < 10


async def test_a_text_under_two_names_counts_for_both() -> None:
    """Two documents of one text are found together."""
    pages = [Document(name=name, title="Krill", text="Krill swarm.") for name in ("a", "b")]
    async with searched(pages) as search:
        assert await search.ranked("krill") == ["a", "b"]
