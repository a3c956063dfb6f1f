from __future__ import annotations

from array import array

import pytest

from graph.errors import Unusable
from tools.models.embedding.quantise import quantised, read, written


def test_the_largest_coordinate_is_127() -> None:
    """The direction stays, whatever the length."""
    assert array("b", quantised([0.5, -0.2, 0.0])).tolist() == [127, -51, 0]
    assert quantised([1e-9, -0.4e-9]) == quantised([2.0, -0.8])


@pytest.mark.parametrize(
    "values", [[], [0.0, 0.0], [1.0, float("nan")], [float("inf"), 1.0], [float("nan"), 1.0]]
)
def test_what_has_no_direction_is_refused(values: list[float]) -> None:
    """An empty, zero or infinite vector cannot be compared."""
    with pytest.raises(Unusable, match="direction"):
        quantised(values)


def test_vectors_are_read_as_they_were_written() -> None:
    """Their text is what is stored of a call."""
    vectors = [quantised([1.0, -0.3]), quantised([0.0, -1.0])]
    assert read(written(vectors)) == vectors
