"""Ask the process that works on a run to stop it, by a file beside the lock of the run."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path

LOCKS = "locks"
"""The folder of the locks, beside the database."""


def request(folder: Path, run_id: str) -> bool:
    """Leave a request where the process that holds the run looks; return False if none holds it."""
    if not is_held(folder, run_id):
        return False
    beside(folder, run_id, "stop").touch(mode=0o600)
    return True


def requested(folder: Path, run_id: str) -> bool:
    """Tell whether there is a request, and delete it."""
    try:
        beside(folder, run_id, "stop").unlink()
    except OSError:
        return False
    return True


def is_held(folder: Path, run_id: str) -> bool:
    """Tell whether a process works on a run."""
    try:
        descriptor = os.open(beside(folder, run_id, "lock"), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def beside(folder: Path, run_id: str, ending: str) -> Path:
    """Return a file of a run in the folder of the locks."""
    return folder / f"{hashlib.sha256(run_id.encode()).hexdigest()[:32]}.{ending}"
