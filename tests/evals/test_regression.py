"""A fit finds what is there, the same each time."""

from __future__ import annotations

import random

import numpy as np
import pytest

from evals.regression import fit_logistic, fit_ranking


def test_a_logistic_fit_finds_the_sign_of_each_feature() -> None:
    """What speaks for a label gets a positive weight, noise next to none, a constant none."""
    draw = random.Random(1)  # noqa: S311 - an example, not a secret
    rows = np.array([[draw.random(), draw.random(), draw.random(), 1.0] for _ in range(600)])
    labels = np.array([float(row[0] - row[1] + draw.gauss(0, 0.2) > 0) for row in rows])
    fitted = fit_logistic(rows, labels, np.ones(len(rows)), 1.0)
    assert fitted[0] > 1 > -1 > fitted[1]
    assert abs(fitted[2]) < 1
    assert fitted[3] == 0
    assert (fit_logistic(rows, labels, np.ones(len(rows)), 1.0) == fitted).all()


def test_fitted_probabilities_match_the_rate() -> None:
    """Over all rows the mean probability is the share of good ones: the bias is not shrunk."""
    rows = np.array([[at % 7 / 7] for at in range(140)])
    labels = np.array([float(at % 5 == 0) for at in range(140)])
    fitted = fit_logistic(rows, labels, np.ones(140), 1.0)
    guesses = 1 / (1 + np.exp(-(rows[:, 0] * fitted[0] + fitted[1])))
    assert guesses.mean() == pytest.approx(0.2, abs=1e-4)


def test_a_ranking_puts_the_graded_row_of_each_pool_first() -> None:
    """What tells the graded row apart inside each pool is found, whatever differs between pools."""
    draw = random.Random(2)  # noqa: S311 - an example, not a secret
    pools = [np.array([[draw.random(), float(at)] for _ in range(5)]) for at in range(60)]
    grades = [(pool[:, 0] == pool[:, 0].max()).astype(float) for pool in pools]
    fitted = fit_ranking(pools, grades, [1.0] * 60, 1.0)
    assert fitted[0] > 1
    assert fitted[1] == pytest.approx(0.0, abs=1e-9)
    assert all((pool @ fitted).argmax() == grade.argmax() for pool, grade in zip(pools, grades, strict=True))
