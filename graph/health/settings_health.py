"""Check where settings and modules come from: none may come from the working folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from graph.config.environment import used
from graph.config.settings import notices, own_environment
from graph.health.health_check import Check


def check_settings() -> Iterator[Check]:
    """Report which files were read, and what in the working folder was not."""
    files = ", ".join(str(file.path) for file in used(own_environment()))
    yield Check(name="settings", ok=True, detail=f"the environment{files and ', over '}{files}")
    yield from (Check(name="settings", ok=False, detail=line, needed=False) for line in notices())
    yield from _imports(own_environment().get("PYTHONPATH", ""))


def _imports(path: str) -> Iterator[Check]:
    """Look for an empty part of PYTHONPATH: Python would import from any working folder."""
    if path and not all(Path(part).is_absolute() for part in path.split(os.pathsep)):
        detail = "PYTHONPATH has an empty or relative part, so modules of any working folder are executed"
        yield Check(name="python", ok=False, detail=detail, mend="write whole paths in it", needed=False)
