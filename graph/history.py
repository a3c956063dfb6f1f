"""Hold what is kept of runs: their rows, and earlier runs that asked the same."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from graph.costs import Tokens
from graph.options import Options
from graph.records import Outcome, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """Hold an earlier run of the same user that asked the same."""

    run: str
    question: str
    finished: float
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """Hold one call to a model: its role, how it ended, and whether its breaker `refused` it."""

    role: str
    model: str
    outcome: Outcome
    detail: str
    started: float
    refused: bool
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """Hold a run as it is stored; times in seconds since the epoch."""

    id: str
    question: str
    options: Options
    status: Status
    created: float
    updated: float
    report: dict[str, object] | None = None


def new_run_id(now: float) -> str:
    """Return an id that sorts by time and does not repeat; `now` is in seconds since the epoch."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{secrets.token_hex(3)}"
