"""Tell which questions are answered with two calls to a model: one to read, one to write."""

from __future__ import annotations

from graph.options import Mode
from graph.records import Run
from tools.models.extractive.decomposition import decompose

MOST_WORDS = 20


def is_simple(run: Run) -> bool:
    """Tell whether a run needs no model to plan or to judge: a quick run, or a short question for one thing.

    A deep run is never simple.
    """
    if run.options.mode is not Mode.STANDARD:
        return run.options.mode is Mode.QUICK
    return len(run.question.split()) <= MOST_WORDS and len(decompose(run.question)) == 1


def is_planned_alone(run: Run, language: str) -> bool:
    """Tell whether a run needs no model to plan, where the web is searched in that language, or in any.

    The question may be in another language than that; then only a quick run is planned without a model.
    """
    return is_simple(run) and (not language or run.options.mode is Mode.QUICK)
