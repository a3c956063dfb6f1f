"""Turn features into calibrated probabilities with the weights that `python -m evals calibrate` fitted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from tools.models.extractive import certainty, features
from tools.models.extractive.logistic import probability

FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Hold two logistic regressions, and from which probability on their answer is believed.

    `weights` are over `features.NAMES` and say how likely a candidate answers; `certain` are over
    `certainty.NAMES` and say how likely the question is answered at all. Both end with the bias. A root is
    answered when its best claim reaches `answer`; a claim is supported from `support` on. From `strong` on an
    answer is shown though a model found none.
    """

    weights: tuple[float, ...]
    certain: tuple[float, ...]
    answer: float
    support: float
    strong: float

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability, in 0..1, that a candidate with these features answers the question."""
        return probability(self.weights, row)

    def certainty(self, row: Sequence[float]) -> float:
        """Return the probability, in 0..1, that a pool with these features answers the question."""
        return probability(self.certain, row)


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Read the fitted weights once; raise Misconfigured when the file does not fit the features."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return Calibration(
        weights=_fitted(stored["candidate"], features.NAMES),
        certain=_fitted(stored["question"], certainty.NAMES),
        answer=stored["answer"],
        support=stored["support"],
        strong=stored["strong"],
    )


def _fitted(stored: Mapping[str, Any], names: Sequence[str]) -> tuple[float, ...]:
    weights = stored["weights"]
    if set(weights) != set(names):
        raise Misconfigured(f"{FILE.name} was fitted for other features: run `python -m evals calibrate`")
    return (*(weights[name] for name in names), stored["bias"])
