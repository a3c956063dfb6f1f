"""Prove where the folders of settings are, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.path_values import HOME_MEND, check_writable, config_folder, data_folder
from graph.errors import Misconfigured


def test_a_folder_is_tried_before_it_is_needed(tmp_path: Path) -> None:
    """Trying leaves nothing behind; a file in the way is named with the way out."""
    check_writable(tmp_path / "new" / "deep", HOME_MEND)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match=r"Not a directory.*ATTEST_HOME"):
        check_writable(tmp_path / "file" / "under", HOME_MEND)


@pytest.mark.parametrize(
    ("environ", "config", "data"),
    [
        ({"HOME": "/home/ann"}, "/home/ann/.config/attest", "/home/ann/.local/share/attest"),
        ({"HOME": "/home/ann", "XDG_CONFIG_HOME": "/c"}, "/c/attest", "/home/ann/.local/share/attest"),
        (
            {"HOME": "/home/ann", "XDG_DATA_HOME": "d"},
            "/home/ann/.config/attest",
            "/home/ann/.local/share/attest",
        ),
    ],
)
def test_folders_are_those_of_the_specification(environ: dict[str, str], config: str, data: str) -> None:
    """A relative path in the variables is ignored, as the specification demands."""
    assert (config_folder(environ), data_folder(environ)) == (Path(config), Path(data))
