"""Measure the rating of sources: `python -m evals credibility`.

News sites are rated by their address alone and compared with what people rated them who read them. The
floor knows only the ending of a site, and what sites with that ending were rated on average.

The fitted numbers of `guards.claims.credibility` were read off one half of the sites, and so was the floor
here. Everything reported comes from the other half.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from evals.data import DataSet, data_folder, describe, find, rows
from evals.intervals import resampled, wilson
from evals.ranks import auc, ranks, spearman
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from graph.rating import Rating
from graph.records import Source
from graph.untrusted import Untrusted
from guards.claims.credibility import rate

RATINGS = DataSet(
    name="source_credibility",
    files={"domain_pc1.csv": {"domain": str, "pc1": str}},
    origin="Lin et al. 2023, https://github.com/hauselin/domain-quality-ratings",
)
FACTUALITY = DataSet(
    name="source_credibility",
    files={"baly_emnlp18.tsv": {"source_url": str, "fact": str}},
    origin="Baly et al. 2018, https://github.com/ramybaly/News-Media-Reliability",
)
_CLASSES = {"low": 0.0, "high": 1.0}
_MIDDLE = 48  # the sum for a site without any signal of its own: 53, and 5 less for no author and no date
_WORST = 12
_POINTS = re.compile(r"(, \.[a-z0-9.-]+)? \([+-]\d+\)$")
Statistic = Callable[[Sequence[tuple[float, float]]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedSite:
    """Hold a site, what it was rated elsewhere, here, and by its ending alone."""

    domain: str
    rated: float
    ours: Rating
    ending: float

    @property
    def filled(self) -> float:
        """Return our score, or the middle where it is not rated."""
        return _MIDDLE if self.ours.score is None else self.ours.score


async def measure(setup: Setup) -> SuiteResult:
    """Measure on the sites that are there; raises Misconfigured for none, or a malformed row."""
    folder = data_folder(setup.data)
    path = find(folder, RATINGS)
    if path is None:
        raise Misconfigured(f"{folder} holds no ratings of this form:\n{describe(RATINGS)}")
    known = _known(path, setup.limit)
    endings = _endings([(domain, rated) for domain, rated in known if fits(domain)])
    sites = [_site(domain, rated, endings) for domain, rated in known if not fits(domain)]
    if not sites:
        raise Misconfigured(f"{path}: no site of it belongs to the half that is reported: raise --limit")
    setup.say(f"credibility: {len(sites)} sites that fitted nothing")
    judged = _judged(find(folder, FACTUALITY), endings, setup)
    return SuiteResult(
        suite="credibility",
        data=str(path),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*_correlations(sites), *judged),
        cases=(*_worst(sites), *_signals(sites)),
    )


def fits(domain: str) -> bool:
    """Tell by a hash of its name whether a site fitted the numbers; the others are reported on."""
    return hashlib.sha256(f"dom{domain}".encode()).digest()[0] % 2 == 0


def rating_of(address: str) -> Rating:
    """Rate an address about which nothing else is known."""
    nothing = Untrusted("")
    return rate(Source(id=address, title=nothing, location=address, published=None, retrieved_at=""))


def _known(path: Path, limit: int | None) -> list[tuple[str, float]]:
    name, fields = next(iter(RATINGS.files.items()))
    try:
        return [(row["domain"], float(row["pc1"])) for row in rows(path / name, fields, limit)]
    except ValueError as error:
        raise Misconfigured(f"{path / name}: a rating is no number ({error})") from error


def _endings(known: Sequence[tuple[str, float]]) -> Mapping[str, float]:
    """Return the mean rating of each ending; of one that is not known, that of all."""
    by: dict[str, list[float]] = defaultdict(list)
    for domain, rated in known:
        by[_ending(domain)].append(rated)
    overall = fmean(rated for _, rated in known) if known else 0.0
    return defaultdict(lambda: overall, {ending: fmean(ratings) for ending, ratings in by.items()})


def _ending(domain: str) -> str:
    return domain.rpartition(".")[2]


def _site(domain: str, rated: float, endings: Mapping[str, float]) -> RatedSite:
    ours = rating_of(f"https://{domain}/")
    return RatedSite(domain=domain, rated=rated, ours=ours, ending=endings[_ending(domain)])


def _correlations(sites: Sequence[RatedSite]) -> list[Metric]:
    """Compare where we rate, compare everywhere, and say how often we rate."""
    rated = [site for site in sites if site.ours.score is not None]
    low, high = wilson(len(rated), len(sites))
    covered = Metric(name="sites rated", value=len(rated) / len(sites), n=len(sites), low=low, high=high)
    return [
        _metric("rank correlation where rated", spearman, rated),
        _metric("rank correlation, not rated in the middle", spearman, sites),
        covered,
    ]


def _metric(name: str, statistic: Statistic, sites: Sequence[RatedSite]) -> Metric:
    pairs = [(site.filled, site.rated) for site in sites]
    low, high = resampled(pairs, statistic) if pairs else (0.0, 0.0)
    floor = statistic([(site.ending, site.rated) for site in sites])
    return Metric(name=name, value=statistic(pairs), n=len(pairs), low=low, high=high, floor=floor)


def _judged(path: Path | None, endings: Mapping[str, float], setup: Setup) -> list[Metric]:
    """Tell sites of low factuality from those of high, where that set is there."""
    if path is None:
        setup.say(
            f"credibility: low against high factuality is left out, for want of\n{describe(FACTUALITY)}"
        )
        return []
    name, fields = next(iter(FACTUALITY.files.items()))
    read = [row for row in rows(path / name, fields, setup.limit) if row["fact"] in _CLASSES]
    named = [(_domain(row["source_url"]), _CLASSES[row["fact"]]) for row in read]
    sites = [_site(domain, kind, endings) for domain, kind in named if not fits(domain)]
    rated = [site for site in sites if site.ours.score is not None]
    return [
        _metric("AUC low against high factuality where rated", auc, rated),
        _metric("AUC low against high factuality, not rated in the middle", auc, sites),
    ]


def _domain(address: str) -> str:
    return address.rpartition("//")[2].partition("/")[0].removeprefix("www.").lower()


def _worst(sites: Sequence[RatedSite]) -> list[dict[str, Any]]:
    """Return the sites whose place in our order is farthest from their place in the other."""
    rated = [site for site in sites if site.ours.score is not None]
    ours, theirs = ranks([site.filled for site in rated]), ranks([site.rated for site in rated])
    off = sorted(zip(rated, ours, theirs, strict=True), key=lambda row: -abs(row[1] - row[2]))
    return [
        {"site": site.domain, "score": site.ours.score, "rated": site.rated, "reasons": site.ours.reasons}
        for site, _, _ in off[:_WORST]
    ]


def _signals(sites: Sequence[RatedSite]) -> list[dict[str, Any]]:
    """Return each reason with the mean rating of the sites that have it: what the numbers were read off."""
    by: dict[str, list[float]] = defaultdict(list)
    for site in sites:
        for reason in site.ours.reasons:
            by[_POINTS.sub("", reason)].append(site.rated)
    return [
        {"signal": reason, "n": len(ratings), "mean": round(fmean(ratings), 3)}
        for reason, ratings in sorted(by.items(), key=lambda row: -len(row[1]))
    ]
