from __future__ import annotations

from array import array

import numpy as np
import pytest

from graph.stores.index.vector_scan import ScanCache, VectorScan


def vector(*values: int) -> bytes:
    return array("b", values).tobytes()


def test_the_nearest_come_first() -> None:
    """The order is that of the angle, not of the length; equal ones stand by id."""
    scan = VectorScan.of([(3, vector(1, 0)), (5, vector(100, 100)), (8, vector(0, 127)), (9, vector(127, 0))])
    cosines = scan.cosines(vector(64, 0))
    assert cosines == pytest.approx([1, 0.7071, 0, 1], abs=1e-3)
    assert scan.nearest(cosines, 3) == [3, 9, 5]
    assert scan.nearest(cosines, 99) == [3, 9, 5, 8]


def test_passages_are_looked_up_by_their_ids() -> None:
    """What has no vector is left out, below, between and above the known ids."""
    scan = VectorScan.of([(3, vector(1, 0)), (5, vector(0, 1))])
    assert scan.of_ids(scan.cosines(vector(0, 9)), [9, 5, 4, 1, 3]) == {3: 0.0, 5: 1.0}


def test_a_damaged_vector_is_left_out() -> None:
    """One of another size neither ends the search nor is found, and a query of another size finds nothing."""
    scan = VectorScan.of([(3, vector(1, 0)), (5, vector(1, 0, 0)), (7, vector(0, 0))])
    assert scan.nearest(scan.cosines(vector(1, 0)), 9) == [3, 7]
    assert list(scan.cosines(vector(1, 0, 0))) == [0, 0]
    assert VectorScan.of([]).nearest(VectorScan.of([]).cosines(vector(1)), 9) == []


def test_many_rows_are_compared_in_parts() -> None:
    """The parts of a large collection give what comparing each row gives."""
    rows = np.random.default_rng(7).integers(-127, 128, (40_000, 8), dtype=np.int8)
    scan = VectorScan.of([(at + 1, row.tobytes()) for at, row in enumerate(rows)])
    asked = vector(*range(1, 9))
    wide, query = rows.astype(float), np.arange(1.0, 9.0)
    exact = wide @ query / (np.linalg.norm(wide, axis=1) * np.linalg.norm(query))
    assert np.allclose(scan.cosines(asked), exact, atol=1e-5)


def test_a_scan_is_kept_until_its_stamp_changes_or_room_is_needed() -> None:
    """Equal stamps load once; the one used last stays when the room is small."""
    loaded: list[str] = []

    def load(name: str) -> VectorScan:
        loaded.append(name)
        return VectorScan.of([(1, vector(1, 0))])

    cache = ScanCache(most=20)
    for key, stamp in (("a", 1), ("a", 1), ("a", 2), ("b", 1), ("b", 1), ("a", 2)):
        cache.get((1, key), stamp, lambda key=key: load(key))  # type: ignore[misc]
    assert loaded == ["a", "a", "b", "a"]
