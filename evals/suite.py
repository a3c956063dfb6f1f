"""List the suites, and define their input."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from evals.result import SuiteResult
from graph.records import Clock

SUITES = {
    "retrieval": "evals.suites.retrieval",
    "reading": "evals.suites.file_reading",
    "corpus": "evals.suites.corpus",
    "load": "evals.suites.load",
    "orchestration": "evals.suites.orchestration",
    "budget": "evals.suites.budget",
    "gateway": "evals.suites.gateway",
    "chat": "evals.suites.chat",
    "urls": "evals.suites.urls",
    "credibility": "evals.suites.credibility",
    "sandbox": "evals.suites.sandbox",
    "wording": "evals.suites.wording",
    "answers": "evals.suites.answers",
    "model_path": "evals.suites.model_path",
    "wordings": "evals.suites.wordings",
    "conflict": "evals.suites.conflict",
    "support": "evals.suites.support",
    "addressed": "evals.suites.addressed",
    "languages": "evals.suites.languages",
    "cases": "evals.suites.cases",
    "calibrate": "evals.suites.calibrate",
}
"""The module of each suite: imported when it is asked for, because some bring in the whole product."""

MEASURING = (
    "retrieval",
    "reading",
    "corpus",
    "load",
    "orchestration",
    "budget",
    "gateway",
    "chat",
    "urls",
    "credibility",
    "sandbox",
    "wording",
    "answers",
    "model_path",
    "wordings",
    "conflict",
    "support",
    "addressed",
    "languages",
)
"""What runs when no suite is named: those that measure, not those that fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Hold the input of a suite: data (None: where `evals.data` finds it), row limit, clock and output.

    `file` is a file of cases, for the suite of that name.

    `postgres` is the address of a PostgreSQL database to measure on; None: where the settings find it.
    `documents` is a folder of unpacked packages whose documentation is asked about; None: none is.

    `say` writes a line of progress to stderr.
    """

    data: Path | None
    limit: int | None
    clock: Clock
    say: Callable[[str], None]
    postgres: str | None = None
    documents: Path | None = None
    file: Path | None = None


class Measure(Protocol):
    """Measure one suite; every suite's module has a function `measure` of this form."""

    async def __call__(self, setup: Setup) -> SuiteResult:
        """Return what was measured; raises Misconfigured when there is no data, or a row is malformed."""


def load(suite: str) -> Measure:
    """Import a suite and return its `measure`."""
    return cast("Measure", importlib.import_module(SUITES[suite]).measure)
