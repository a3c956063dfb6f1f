"""The questions of the made folders can be answered by them, and their near misses name what is there."""

from __future__ import annotations

import pytest

from evals.bench.everyday_folders import FOLDERS, EverydayFolder
from tools.lexicon.terms import terms


def check(folder: EverydayFolder) -> None:
    """Prove that each wanted fact stands in the folder, and that a near miss shares a word with it."""
    text = " ".join(folder.files.values())
    assert all(wanted in " ".join(text.split()) for _, wanted in folder.answered)
    said = set(terms(text)).union(*(terms(name) for name in folder.files))
    assert all(said & set(terms(question)) for question in folder.missed)
    assert len(folder.answered) == len(folder.missed)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_holds_what_is_wanted_of_it(folder: EverydayFolder) -> None:
    """No question waits for a fact that its folder does not state."""
    check(folder)
