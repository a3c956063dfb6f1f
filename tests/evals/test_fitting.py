"""What is fitted on some questions tells answered ones from others, and never saw the corpus it is for."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from evals.examples import Example, Reading
from evals.fitting import UNANSWERABLE, FittedOutcome, fitted, strong, threshold
from evals.questions import MULTIHOP
from tools.models.extractive.features import NAMES

CORPORA = ("a", "b", "c")


def examples() -> list[Example]:
    """Make pools in which one feature tells the answer, where there is one."""
    draw = random.Random(3)  # noqa: S311 - an example, not a secret
    made = []
    for at in range(90):
        rows = np.array([[draw.random() / 2 for _ in NAMES] for _ in range(4)], dtype=np.float32)
        answerable = at % 3 > 0
        if answerable:
            rows[0, NAMES.index("context")] = 1.0
        grades = np.array([float(answerable), 0.0, 0.0, 0.0])
        made.append(
            Example(
                corpus=CORPORA[at // 3 % 3],
                id=str(at),
                variant="",
                answerable=answerable,
                readings=(Reading(rows=rows, grades=grades),),
            )
        )
    return made


def outcome(known: float, *, answerable: bool) -> FittedOutcome:
    """Make an outcome."""
    return FittedOutcome(
        corpus="a", variant="", answerable=answerable, known=known, relevance=known, found=answerable
    )


def test_what_answers_is_ranked_first_and_told_from_what_does_not() -> None:
    """On questions that the weights were fitted without."""
    fit = fitted(examples(), ("a",))
    good = [one for one in fit.outcomes if one.answerable]
    bad = [one for one in fit.outcomes if not one.answerable]
    assert sum(one.found for one in good) > 0.8 * len(good)
    assert sum(one.known >= fit.whole.level for one in bad) <= UNANSWERABLE * len(bad)
    assert sum(one.known >= fit.whole.level for one in good) > 0.8 * len(good)


def test_a_corpus_apart_does_not_move_its_own_weights() -> None:
    """Ranking, regressions and levels stay the same whatever its questions say."""
    made = examples()
    turned = [
        replace(each, readings=tuple(replace(r, grades=r.grades[::-1].copy()) for r in each.readings))
        if each.corpus == "a"
        else each
        for each in made
    ]
    assert fitted(made, ("a",)).without["a"].ranking == fitted(turned, ("a",)).without["a"].ranking


def test_levels_are_the_least_that_keep_their_share() -> None:
    """Of five questions without an answer one may pass the level of answers, none the strong one."""
    outcomes = [outcome(value, answerable=False) for value in (0.1, 0.2, 0.3, 0.5, 0.8)]
    assert 0.5 < threshold(outcomes) <= 0.505
    assert 0.8 < strong(outcomes) <= 0.805
    elsewhere = [replace(one, corpus=MULTIHOP.name, known=0.9) for one in outcomes]
    assert threshold([*outcomes, *elsewhere]) == threshold(outcomes)
