"""Read and check settings that hold paths: a relative one would mean another file in each folder."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from graph.config.database_address import Location, server
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


HOME_MEND = "set ATTEST_HOME to a folder you may write"
_WAY_OUT = "write a whole path, which means the same in every folder"


def whole_path(values: Mapping[str, str], name: str) -> Path | None:
    """Return the path a setting holds, or None where it is empty; raises Misconfigured for a relative one."""
    return _whole(values[name], name) if values.get(name) else None


def home_of(values: Mapping[str, str]) -> Path:
    """Return the folder of the database; raises Misconfigured where it belongs to another user."""
    home = whole_path(values, "ATTEST_HOME") or data_folder(values)
    check_owner(home, "set ATTEST_HOME to a folder of yours")
    return home


def check_owner(path: Path, way_out: str) -> None:
    """Raise Misconfigured if another user could change what is read; root can do so anyway."""
    try:
        owner = path.stat().st_uid
    except OSError:  # the code that makes or opens it reports what is wrong
        return
    if owner not in {os.geteuid(), 0}:
        raise Misconfigured(f"{path} belongs to another user: {way_out}")


def check_writable(folder: Path, mend: str) -> None:
    """Raise Misconfigured, naming how to `mend` it, when `folder` could not be made or written."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryDirectory(dir=nearest, prefix=".attest-"):
            pass
    except OSError as error:
        raise unwritable(folder, error, mend) from error


def unwritable(folder: Path, error: OSError, mend: str) -> Misconfigured:
    """Return the error for a folder that cannot be written."""
    return Misconfigured(f"cannot write {folder} ({error.strerror}): {mend}")


def database_of(url: str, home: Path) -> Location:
    """Return where the database is; raises Misconfigured for an address this release cannot open."""
    if not url:
        return home / "attest.db"
    scheme, found, path = url.partition(":///")
    if found and scheme == "sqlite" and path:
        return _whole(path, "the file of ATTEST_DATABASE_URL")
    if re.match(r"postgres(ql)?://\S+$", url):
        return server(url)
    raise Misconfigured(
        f"ATTEST_DATABASE_URL starts with {scheme.partition(':')[0]!r}, which this release cannot open: "
        "write postgresql://user@host:5432/name, sqlite:///FILE, or leave it empty"
    )


def _whole(value: str, name: str) -> Path:
    try:
        path = Path(value).expanduser()
    except RuntimeError:
        raise Misconfigured(f"{name} is {value!r}, and nobody's home is known by that name") from None
    if not path.is_absolute():
        raise Misconfigured(f"{name} is {value!r}: {_WAY_OUT}")
    return path
