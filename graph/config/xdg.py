"""Find the folders of a person's own files, by the XDG Base Directory Specification."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.errors import Misconfigured


def config_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of a person's own settings; raises Misconfigured where no home is known."""
    return _base(environ, "XDG_CONFIG_HOME", ".config") / "attest"


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of a person's own data; raises Misconfigured where no home is known."""
    return _base(environ, "XDG_DATA_HOME", ".local/share") / "attest"


def _base(environ: Mapping[str, str], name: str, below: str) -> Path:
    """Return the folder that `name` sets, if it is absolute: the specification ignores any other."""
    if (named := Path(environ.get(name, ""))).is_absolute():
        return named
    if (home := Path(environ.get("HOME", ""))).is_absolute():
        return home / below
    try:
        return Path.home() / below
    except RuntimeError:
        raise Misconfigured(
            "nobody's home folder is known: set HOME, or ATTEST_HOME and ATTEST_ENV_FILE"
        ) from None
