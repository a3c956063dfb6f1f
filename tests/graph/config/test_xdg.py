from __future__ import annotations

from pathlib import Path

import pytest

from graph.config.xdg import config_folder, data_folder


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
