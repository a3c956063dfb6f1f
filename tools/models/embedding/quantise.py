"""Vectors in one signed byte a dimension."""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Sequence
from math import isfinite

from graph.embedder import Vector
from graph.errors import Unusable

LARGEST = 127


def quantised(values: Sequence[float]) -> Vector:
    """Return a vector of the same direction whose largest coordinate is 127; raise Unusable for none.

    On SciFact dev and MultiHop-RAG the order of passages is that of floats: see the README of this folder.
    """
    largest = max((abs(value) for value in values), default=0.0)
    if not (isfinite(largest) and largest > 0 and all(map(isfinite, values))):
        raise Unusable("a vector without a direction came back")
    scale = LARGEST / largest
    return array("b", [round(value * scale) for value in values]).tobytes()


def written(vectors: Sequence[Vector]) -> str:
    """Write vectors as the text of a stored answer."""
    return json.dumps([base64.b64encode(vector).decode() for vector in vectors])


def read(text: str) -> list[Vector]:
    """Read what `written` wrote."""
    return [base64.b64decode(vector) for vector in json.loads(text)]
