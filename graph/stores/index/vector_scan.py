"""Compare a vector with all vectors of a collection, in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# Rows widened to floats together, into the same room: 1.5 MB at 384 dimensions stay in the processor's cache.
# With 16,384, a scan of 100,000 rows took 67 ms for 7.
_AT_ONCE = 1024
_MOST_BYTES = 512 * 1024 * 1024

Floats: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorScan:
    """Hold the ids of passages, in ascending order, their vectors as rows, and the lengths of these."""

    ids: NDArray[np.int64]
    rows: NDArray[np.int8]
    lengths: Floats

    @classmethod
    def of(cls, found: Sequence[tuple[int, bytes]]) -> VectorScan:
        """Take vectors by ascending id; those of another size than the first are damaged and left out."""
        size = len(found[0][1]) if found else 0
        sound = [(id_, vector) for id_, vector in found if len(vector) == size]
        rows = np.frombuffer(b"".join(vector for _, vector in sound), dtype=np.int8).reshape(len(sound), size)
        lengths = np.sqrt(_each(rows, lambda part: np.einsum("ij,ij->i", part, part)))
        return cls(ids=np.array([id_ for id_, _ in sound], dtype=np.int64), rows=rows, lengths=lengths)

    def cosines(self, vector: bytes) -> Floats:
        """Return the cosine of each row with a vector; 0 for all if it is of another size."""
        asked = np.frombuffer(vector, dtype=np.int8).astype(np.float32)
        if not len(self.ids) or len(asked) != self.rows.shape[1]:
            return np.zeros(len(self.ids), np.float32)
        dots = _each(self.rows, lambda part: part @ asked)
        lengths = self.lengths * np.linalg.norm(asked)
        cosines: Floats = np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)
        return cosines

    def nearest(self, cosines: Floats, limit: int) -> list[int]:
        """Return the ids of the rows with the highest cosines, best first, equal ones by id."""
        if limit < len(cosines):
            least = np.partition(cosines, -limit)[-limit]
            kept = np.flatnonzero(cosines >= least)
        else:
            kept = np.arange(len(cosines))
        order = np.lexsort((self.ids[kept], -cosines[kept]))
        return [int(self.ids[at]) for at in kept[order][:limit]]

    def of_ids(self, cosines: Floats, ids: Sequence[int]) -> dict[int, float]:
        """Return the cosines of some passages by id; one without a vector is left out."""
        asked = np.array(sorted(ids), dtype=np.int64)
        at = np.searchsorted(self.ids, asked)
        known = at < len(self.ids)
        known[known] = self.ids[at[known]] == asked[known]
        pairs = zip(asked[known], cosines[at[known]], strict=True)
        return {int(id_): float(cosine) for id_, cosine in pairs}

    @property
    def size(self) -> int:
        """Return how many bytes it takes."""
        return self.rows.nbytes + self.ids.nbytes + self.lengths.nbytes


class ScanCache:
    """Keep the scans used last, up to 512 MB, each as long as its stamp is the newest; threads share it."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, str], tuple[int, VectorScan]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, str], stamp: int, load: Callable[[], VectorScan]) -> VectorScan:
        """Return the scan of a collection and model, loaded anew if its stamp changed."""
        with self._lock:
            known = self._kept.get(key)
            if known and known[0] == stamp:
                self._kept.move_to_end(key)
                return known[1]
        scan = load()
        with self._lock:
            self._kept[key] = (stamp, scan)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(each.size for _, each in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
        return scan


def _each(rows: NDArray[np.int8], work: Callable[[Floats], Floats]) -> Floats:
    """Return what a work makes of each row as floats, a number a row."""
    made = np.empty(len(rows), np.float32)
    room = np.empty((_AT_ONCE, rows.shape[1]), np.float32)
    for at in range(0, len(rows), _AT_ONCE):
        part = rows[at : at + _AT_ONCE]
        wide = room[: len(part)]
        wide[:] = part
        made[at : at + len(part)] = work(wide)
    return made
