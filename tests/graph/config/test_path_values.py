"""Prove what is told of the folders that settings name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.path_values import HOME_MEND, check_writable
from graph.errors import Misconfigured


def test_a_folder_is_tried_before_it_is_needed(tmp_path: Path) -> None:
    """Trying leaves nothing behind; a file in the way is named with the way out."""
    check_writable(tmp_path / "new" / "deep", HOME_MEND)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match=r"Not a directory.*ATTEST_HOME"):
        check_writable(tmp_path / "file" / "under", HOME_MEND)
