"""Measure the guard of model-written sentences: `python -m evals wording`.

200 quotes, drawn by a seed, are changed by program so that they say something else; each changed quote must
be refused. Rewordings that say no more than their quotes, written by hand, must be let through. The floor is
the guard as it was before, on the same sentences.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from evals.bench.wording_changes import BEFORE, Change
from evals.bench.wording_changes_after import AFTER
from evals.bench.wording_changes_fresh import FRESH, Blend
from evals.bench.wording_quotes import DOCS_QA, WICE, draw, rewordings
from evals.data import data_folder, describe, find
from evals.floors.wording_floor import is_mostly_covered
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured
from guards.wording.wording import WordingResult, worded

QUOTES = 200
OTHERS = "the eight kinds on other quotes"
"""Quotes that are drawn for nothing else: no wrong decision on them was looked at."""

MORE_QUOTES = 800
"""For the kinds written last, which find something to change in few quotes; at most 200 cases of each."""
REFUSED = 0.95
LET_THROUGH = 0.90
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Hold a sentence, its quotes and kind, and the decisions of the guard and the floor."""

    kind: str
    text: str
    quotes: tuple[str, ...]
    wording: WordingResult
    reason: str
    floor: bool


async def measure(setup: Setup) -> SuiteResult:
    """Measure on the sets that are there; raises Misconfigured when there is none."""
    folder = data_folder(setup.data)
    sets = [(form, path) for form in (DOCS_QA, WICE) if (path := find(folder, form))]
    if not sets:
        raise Misconfigured(f"{folder} holds no quotes:\n{describe(DOCS_QA)}\n{describe(WICE)}")
    quotes = draw(sets, min(QUOTES, setup.limit or QUOTES))
    setup.say(f"wording: {len(quotes)} quotes")
    eight = {**BEFORE, **AFTER}
    changed = {name: list(_changed(name, change, quotes)) for name, change in eight.items()}
    more = draw(sets, min(MORE_QUOTES, setup.limit or MORE_QUOTES))
    changed |= {name: list(_blended(name, blend, more))[:QUOTES] for name, blend in FRESH.items()}
    others = draw(sets, min(QUOTES, setup.limit or QUOTES), without=more + quotes)
    changed[OTHERS] = [case for name, change in eight.items() for case in _changed(name, change, others)]
    faithful = [_case(f"{one.how}, {one.written}", one.text, one.quotes) for one in rewordings(setup.limit)]
    return SuiteResult(
        suite="wording",
        data=", ".join(str(path) for _, path in sets),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(*_refusals(changed), *_passes(faithful)),
        cases=tuple(_shown(changed, faithful)),
    )


def _changed(kind: str, change: Change, quotes: Sequence[str]) -> Iterator[Case]:
    """Change each quote with its own random generator, so that one kind does not change another's draws."""
    for at, quote in enumerate(quotes):
        chance = random.Random(f"{kind} {at}")  # noqa: S311 - a sample, not a secret
        text = change(quote, chance)
        if text and text.split() != quote.split():
            yield _case(kind, text, (quote,))


def _blended(kind: str, blend: Blend, quotes: Sequence[str]) -> Iterator[Case]:
    """Change each quote beside the next one, so that a sentence may be made of two."""
    for at, quote in enumerate(quotes):
        chance = random.Random(f"{kind} {at}")  # noqa: S311 - a sample, not a secret
        other = quotes[(at + 1) % len(quotes)]
        text = blend(quote, other, chance)
        if text and text.split() != quote.split():
            yield _case(kind, text, (quote, other))


def _case(kind: str, text: str, quotes: tuple[str, ...]) -> Case:
    judged = worded(text, quotes)
    return Case(
        kind=kind,
        text=text,
        quotes=quotes,
        wording=judged.wording,
        reason="; ".join(judged.reasons),
        floor=is_mostly_covered(text, quotes).allowed,
    )


def _refusals(changed: Mapping[str, Sequence[Case]]) -> Iterator[Metric]:
    for name, cases in changed.items():
        if cases:
            refused = [case.wording is WordingResult.REFUSED for case in cases]
            yield _rate(f"refused: {name}{_written(name)}", refused, [not c.floor for c in cases], REFUSED)


def _passes(cases: Sequence[Case]) -> Iterator[Metric]:
    """Rate the rewordings: all, by when they were written, and by how they were made."""
    parts = {"all": cases}
    for written in ("before", "after", "last"):
        parts[f"written {written}"] = [case for case in cases if case.kind.endswith(written)]
    for how in dict.fromkeys(case.kind.partition(",")[0] for case in cases):
        parts[how] = [case for case in cases if case.kind.startswith(how)]
    for name, part in parts.items():
        if part:
            covered = [case.wording is WordingResult.COVERED for case in part]
            target = LET_THROUGH if name == "all" else None
            yield _rate(f"let through: {name}", covered, [case.floor for case in part], target)


def _written(name: str) -> str:
    """Say when a kind was written: before the guard, after it, or last, once it was mended."""
    written = {
        **dict.fromkeys(BEFORE, "before"),
        **dict.fromkeys(AFTER, "after"),
        **dict.fromkeys(FRESH, "last"),
    }
    return f" (written {written[name]})" if name in written else ""


def _rate(name: str, ours: Sequence[bool], floor: Sequence[bool], target: float | None = None) -> Metric:
    low, high = wilson(sum(ours), len(ours))
    return Metric(
        name=name,
        value=sum(ours) / len(ours),
        n=len(ours),
        low=low,
        high=high,
        floor=sum(floor) / len(floor),
        target=target,
    )


def _shown(changed: Mapping[str, Sequence[Case]], faithful: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """Show wrong decisions, the first of each kind."""
    for name, cases in changed.items():
        wrong = [case for case in cases if case.wording is not WordingResult.REFUSED and name != OTHERS]
        for case in wrong[:_SHOWN]:
            yield {"let through": case.text, "kind": case.kind, "quotes": case.quotes}
    for case in [case for case in faithful if case.wording is not WordingResult.COVERED]:
        yield {"refused": case.text, "kind": case.kind, "quotes": case.quotes, "reason": case.reason}
