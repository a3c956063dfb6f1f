"""Test the suite that measures the rating of sources, on a tiny set."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import intervals
from evals.ranks import auc, ranks, spearman
from evals.suites import credibility
from evals.suites.credibility import fits, measure
from graph.errors import Misconfigured
from graph.rating import Rating
from tests.evals.sets import setup

SITES = [
    f"{name}{ending}"
    for ending in (".gov", ".news", ".net")
    for name in ("first", "second", "third", "fourth")
]
RATINGS = {".gov": 0.9, ".net": 0.6, ".news": 0.2}
UNKNOWN = [f"alongername{letter}.com" for letter in "abcdef"]


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw fewer resamples: what is tested is not how wide an interval is."""
    monkeypatch.setattr(intervals, "_RESAMPLES", 50)


def rated(folder: Path) -> Path:
    """Write a set in which our rating and the other agree, with names that nothing is known of."""
    rows = [f"{site},{RATINGS['.' + site.rpartition('.')[2]]}" for site in SITES]
    text = "\n".join(["domain,pc1", *rows, *(f"{site},0.5" for site in UNKNOWN)])
    (folder / "domain_pc1.csv").write_text(text + "\n", encoding="utf-8")
    return folder


def judged(folder: Path) -> Path:
    """Write the set of factuality beside it."""
    kinds = {".gov": "high", ".net": "mixed", ".news": "low"}
    rows = [f"http://www.{site}/\t{kinds['.' + site.rpartition('.')[2]]}" for site in SITES]
    text = "\n".join(["source_url\tfact", *rows])
    (folder / "baly_emnlp18.tsv").write_text(text + "\n", encoding="utf-8")
    return folder


async def test_only_sites_that_fitted_nothing_are_reported(tmp_path: Path) -> None:
    """Rows of the other half give the floor and are in no figure; coverage counts the sites with a score."""
    result = await measure(setup(rated(tmp_path)))
    where, everywhere, covered = result.metrics
    reported = [site for site in SITES + UNKNOWN if not fits(site)]
    assert 0 < len(reported) < len(SITES + UNKNOWN)
    assert everywhere.n == covered.n == len(reported)
    assert where.n == sum(site in SITES for site in reported)
    assert covered.value == where.n / covered.n
    assert where.value == pytest.approx(1, abs=0.05)
    assert where.floor is not None
    assert where.low <= where.value <= where.high


async def test_low_and_high_factuality_are_told_apart_where_that_set_is_there(tmp_path: Path) -> None:
    """The second set adds its two figures, out of the reported half, and mixed sites are left out."""
    result = await measure(setup(judged(rated(tmp_path))))
    told = result.metrics[3:]
    assert [metric.value for metric in told] == [1, 1]
    assert told[0].n == sum(not fits(site) and not site.endswith(".net") for site in SITES)


async def test_the_worst_sites_and_every_signal_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rating that errs stands among the cases with its reasons, and each signal with its mean."""
    ours = credibility.rating_of
    flipped = {f"https://{site}/": f"https://{site.partition('.')[0]}.news/" for site in SITES}

    def flip(address: str) -> Rating:
        return ours(flipped.get(address, address))

    monkeypatch.setattr(credibility, "rating_of", flip)
    cases = (await measure(setup(rated(tmp_path)))).cases
    assert cases[0]["site"].endswith(".gov")
    assert any("new, cheap" in reason for reason in cases[0]["reasons"])
    signals = {case["signal"]: case for case in cases if "signal" in case}
    assert signals["nothing is known of who publishes at this address"]["mean"] == 0.5


async def test_a_folder_without_ratings_is_a_plain_error(tmp_path: Path) -> None:
    """Nothing to measure with says which form is looked for."""
    with pytest.raises(Misconfigured, match=r"domain_pc1\.csv.*a header and one row a line"):
        await measure(setup(tmp_path))


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("a.com,high\n", "a rating is no number"),
        ("a.com\n", r"domain_pc1\.csv:2: the field 'pc1' is missing"),
    ],
)
async def test_a_malformed_row_is_named(tmp_path: Path, rows: str, complaint: str) -> None:
    """A rating that is no number, and a row that is too short, are said in words."""
    (tmp_path / "domain_pc1.csv").write_text("domain,pc1\n" + rows, encoding="utf-8")
    with pytest.raises(Misconfigured, match=complaint):
        await measure(setup(tmp_path))


def test_rank_measures_give_known_values() -> None:
    """Equal values share a rank; the correlation and the area are those worked out by hand."""
    assert ranks([3.0, 1.0, 3.0]) == [1.5, 0, 1.5]
    assert spearman([(1, 1), (2, 3), (3, 2), (4, 4)]) == pytest.approx(0.8)
    assert spearman([(1, 2), (2, 1)]) == -1
    assert spearman([(1, 1), (1, 2)]) == spearman([]) == 0
    assert auc([(0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)]) == 0.75
    assert auc([(1, 0), (1, 1)]) == auc([(1, 1)]) == 0.5
