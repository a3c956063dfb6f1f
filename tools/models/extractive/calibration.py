"""Turn features into a calibrated probability with the weights that `python -m evals calibrate` fitted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import Misconfigured
from tools.models.extractive.features import NAMES
from tools.models.extractive.logistic import probability

FILE = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Hold a logistic regression over `features.NAMES`, and from which probability on it is believed.

    A root is answered when its best claim reaches `answer`; a claim is supported from `support` on. From
    `strong` on an answer is shown though a model found none.
    """

    bias: float
    weights: tuple[float, ...]
    answer: float
    support: float
    strong: float

    def probability(self, row: Sequence[float]) -> float:
        """Return the probability, in 0..1, that a candidate with these features answers the question."""
        return probability((*self.weights, self.bias), row)


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Read the fitted weights once; raise Misconfigured when the file does not fit the features."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    weights = stored["weights"]
    if set(weights) != set(NAMES):
        raise Misconfigured(f"{FILE.name} was fitted for other features: run `python -m evals calibrate`")
    return Calibration(
        bias=stored["bias"],
        weights=tuple(weights[name] for name in NAMES),
        answer=stored["answer"],
        support=stored["support"],
        strong=stored["strong"],
    )
