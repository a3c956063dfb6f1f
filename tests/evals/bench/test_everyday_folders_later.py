"""The later folders are like the first, and no question of theirs was asked before."""

from __future__ import annotations

import pytest

from evals.bench import everyday_folders
from evals.bench.everyday_folders import EverydayFolder
from evals.bench.everyday_folders_later import FOLDERS
from tests.evals.bench.test_everyday_folders import check


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_holds_what_is_wanted_of_it(folder: EverydayFolder) -> None:
    """No question waits for a fact that its folder does not state."""
    check(folder)


def test_each_half_has_thirty_questions_of_its_own() -> None:
    """What is reported as unseen was not tuned on."""
    halves = [
        [q for folder in half for q, _ in folder.answered] for half in (everyday_folders.FOLDERS, FOLDERS)
    ]
    assert [len(half) for half in halves] == [30, 30]
    assert not set(halves[0]) & set(halves[1])
