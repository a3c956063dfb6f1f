"""Make a temporary folder for this process, and remove those of ended processes."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "attest-process-"


def process_folder() -> Path:
    """Remove the folders of ended processes, then make one that only the owner of this process can read.

    The folder is locked until the process ends in any way. Raises OSError.
    """
    remove_abandoned(Path(tempfile.gettempdir()))
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        descriptor = _locked(folder)
        if descriptor is not None:
            return folder


def remove_abandoned(parent: Path) -> None:
    """Remove the folders of this user that no process has locked."""
    for folder in parent.glob(f"{PREFIX}*"):
        descriptor = _locked(folder)
        if descriptor is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(descriptor)


def _locked(folder: Path) -> int | None:
    """Open and lock a folder; None when it is another user's, locked, or gone."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        if _lock(descriptor, folder):
            return descriptor
        os.close(descriptor)
    return None


def _lock(descriptor: int, folder: Path) -> bool:
    """Lock a folder of this user; False also when the folder was removed in between."""
    held = os.fstat(descriptor)
    if held.st_uid != os.geteuid():
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(held, folder.lstat())
    except OSError:
        return False
