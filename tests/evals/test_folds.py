"""Weights fitted without a corpus are kept with the project, and refused once the features change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import folds
from graph.errors import Misconfigured
from tools.models.extractive.calibration import calibration


def test_every_corpus_that_is_reported_has_its_own_weights() -> None:
    """They are others than those that ship."""
    kept = folds.folds()
    assert len(kept) > 1
    assert all(one.ranking != calibration().ranking for one in kept.values())


def test_kept_weights_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the digits that are written."""
    name, one = next(iter(folds.folds().items()))
    monkeypatch.setattr(folds, "FILE", tmp_path / "folds.json")
    folds.keep({name: one})
    assert folds.folds() == {name: one}


def test_weights_for_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to run."""
    stored = json.loads(folds.FILE.read_text(encoding="utf-8"))
    for one in stored.values():
        one["candidate"]["other"] = 1.0
    (tmp_path / "folds.json").write_text(json.dumps(stored), encoding="utf-8")
    monkeypatch.setattr(folds, "FILE", tmp_path / "folds.json")
    with pytest.raises(Misconfigured, match="calibrate"):
        folds.folds()
