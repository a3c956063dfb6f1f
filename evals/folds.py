"""Keep the weights that were fitted without each corpus, to report that corpus with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tools.models.extractive.calibration import Calibration, read, write

FILE = Path(__file__).with_name("folds.json")


def folds() -> Mapping[str, Calibration]:
    """Return the weights fitted without each corpus, by its name.

    Raises Misconfigured when they are for other features than the engine has now.
    """
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: read(weights) for name, weights in stored.items()}


def keep(without: Mapping[str, Calibration]) -> None:
    """Write weights, those of a corpus in one line."""
    lines = [f"{json.dumps(name)}: {json.dumps(write(one))}" for name, one in sorted(without.items())]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
