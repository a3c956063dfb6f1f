"""Read questions that say where their answers stand in documents that are not ours.

A gold passage names a document, the characters where its words begin and end, and a digest of them. In
another release the words may have moved, and the question is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.data import rows
from evals.questions import EvalQuestion, Gold

_ROW = {"id": str, "question": str, "kind": str, "gold": list}
_DIGITS = 16  # of a digest


def placed(file: Path, texts: Mapping[str, str]) -> Iterator[EvalQuestion]:
    """Yield each question of a file whose gold passages stand in texts, by document, where it says."""
    for row in rows(file, _ROW):
        gold = [_gold(place, texts) for place in row["gold"]]
        found = tuple(each for each in gold if each)
        if len(found) == len(gold):
            must = tuple(tuple(words) for words in row.get("must", ()))
            yield EvalQuestion(
                id=row["id"], question=row["question"], kind=row["kind"], gold=found, must=must
            )


def _gold(place: Mapping[str, Any], texts: Mapping[str, str]) -> Gold | None:
    words = texts.get(place["document"], "")[place["start"] : place["end"]]
    same = hashlib.sha256(words.encode()).hexdigest()[:_DIGITS] == place["sha256"]
    return Gold(documents=(place["document"],), quote=words) if same else None
