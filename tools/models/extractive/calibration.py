"""Turn features into scores and probabilities with the weights that `python -m evals calibrate` fitted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from tools.models.extractive import certainty, features
from tools.models.extractive.logistic import probability, score

FILE = Path(__file__).with_name("calibration.json")
ANSWER = 0.25
"""The least relevance of a claim that is shown: below it nothing is claimed."""
_JUST_BELOW = 0.999
_EXPANDS = features.NAMES.index("expands")
_UNEXPANDED = 3.0  # by how much a candidate falls behind that does not spell an abbreviation out


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Hold the fitted weights, and from which probability on an answer is believed.

    `ranking` is over `features.NAMES` and orders candidates. `known` and `right` are over `certainty.NAMES`
    and end with the bias: how likely the sources answer, and how likely the best candidates do. From the
    probability `level` of `known` on a question is answered: its best claim has the relevance `answer` or
    more. A claim is supported from `support` on. From `strong` on an answer is shown though a model found
    none.
    """

    ranking: tuple[float, ...]
    known: tuple[float, ...]
    right: tuple[float, ...]
    level: float
    support: float
    strong: float
    answer: float = ANSWER

    def scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return for each candidate of a pool how well it answers, on a scale without ends.

        What an abbreviation stands for is said by those alone that spell it out, where any does.
        """
        spelt = any(row[_EXPANDS] for row in rows)
        return [
            score(self.ranking, row) - (_UNEXPANDED if spelt and not row[_EXPANDS] else 0.0) for row in rows
        ]

    def answered(self, row: Sequence[float]) -> float:
        """Return how likely, in 0..1, the sources answer: what `level` decides on."""
        return probability(self.known, row)

    def relevance(self, row: Sequence[float]) -> float:
        """Return the probability, in 0..1, that the best candidates of a pool answer.

        It is `answer` or more where the sources are likely enough to answer, and less elsewhere.
        """
        right = probability(self.right, row)
        if self.answered(row) >= self.level:
            return max(right, self.answer)
        return min(right, self.answer * _JUST_BELOW)


_HELD: ContextVar[Calibration | None] = ContextVar("calibration", default=None)


@contextmanager
def weighed_by(fitted: Calibration) -> Iterator[None]:
    """Use other weights than those that ship: weights that were fitted without what is measured."""
    token = _HELD.set(fitted)
    try:
        yield
    finally:
        _HELD.reset(token)


def calibration() -> Calibration:
    """Return the weights in use; raise Misconfigured when the file does not fit the features."""
    return _HELD.get() or _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Calibration:
    return read(json.loads(FILE.read_text(encoding="utf-8")))


def read(stored: Mapping[str, Any]) -> Calibration:
    """Read weights in the form of `write`; raise Misconfigured when they are for other features."""
    return Calibration(
        ranking=_weights(stored["candidate"], features.NAMES),
        known=(*_weights(stored["known"]["weights"], certainty.NAMES), stored["known"]["bias"]),
        right=(*_weights(stored["right"]["weights"], certainty.NAMES), stored["right"]["bias"]),
        level=stored["level"],
        support=stored["support"],
        strong=stored["strong"],
    )


def write(fitted: Calibration) -> dict[str, Any]:
    """Return weights by the names of their features."""
    return {
        "level": fitted.level,
        "support": fitted.support,
        "strong": fitted.strong,
        "candidate": _named(features.NAMES, fitted.ranking),
        "known": _regression(fitted.known),
        "right": _regression(fitted.right),
    }


def _regression(fitted: Sequence[float]) -> dict[str, Any]:
    return {"bias": round(fitted[-1], 4), "weights": _named(certainty.NAMES, fitted[:-1])}


def _named(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in zip(names, values, strict=True)}


def _weights(stored: Mapping[str, float], names: Sequence[str]) -> tuple[float, ...]:
    if set(stored) != set(names):
        raise Misconfigured("the weights were fitted for other features: run `python -m evals calibrate`")
    return tuple(stored[name] for name in names)
