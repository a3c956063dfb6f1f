"""Make files and folders that only their owner can read, whatever the umask."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

FOLDER = 0o700
FILE = 0o600
_OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents for their owner alone; an existing one is not changed.

    Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=FOLDER)
        folder.chmod(FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise


def make_file(path: Path) -> None:
    """Make an empty file for its owner alone; an existing one is not changed. Raises OSError."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE)
        try:
            os.fchmod(descriptor, FILE)
        finally:
            os.close(descriptor)


def close_to_others(home: Path) -> None:
    """Remove the rights of other users from a home of this user and all that is in it.

    A home that is closed already is skipped: nobody else reaches what is in it. Links are not followed.
    """
    with suppress(OSError):  # a home that cannot be changed stays as it is
        known = home.lstat()
        if not stat.S_ISDIR(known.st_mode) or known.st_uid != os.geteuid() or not known.st_mode & _OTHERS:
            return
        for folder, _, files in os.walk(home):
            for path in (Path(folder), *(Path(folder, name) for name in files)):
                _close(path)


def _close(path: Path) -> None:
    with suppress(OSError):  # it is gone by now, or belongs to somebody else
        mode = path.lstat().st_mode
        if (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and mode & _OTHERS:
            path.chmod(stat.S_IMODE(mode) & ~_OTHERS)
