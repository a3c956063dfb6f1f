"""Tell which questions are answered with two calls to a model: one to read, one to write."""

from __future__ import annotations

from graph.options import Mode
from graph.records import Run
from tools.models.extractive.decomposition import decompose

MOST_WORDS = 20


def is_simple(run: Run) -> bool:
    """Tell a run that needs no model to plan or to judge: a quick one, or a short question for one thing.

    A deep run is never simple: it asked for more.
    """
    if run.options.mode is not Mode.STANDARD:
        return run.options.mode is Mode.QUICK
    return len(run.question.split()) <= MOST_WORDS and len(decompose(run.question)) == 1
