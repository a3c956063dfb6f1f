"""Let one process at a time work on a run, and ask it to stop: the lock ends with its process."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import Busy, Misconfigured
from graph.private_files import make_folder

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


@contextmanager
def lease(folder: Path, run_id: str) -> Iterator[None]:
    """Hold a run; raise Busy if another process holds it, Misconfigured if the folder is not writable."""
    path = beside(folder, run_id, "lock")
    descriptor = _locked(path, run_id)
    requested(folder, run_id)  # a request left for an earlier holder
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path, run_id: str) -> int:
    while True:
        descriptor = _opened(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise Busy(
                f"run {run_id} is being worked on by another process: wait for it or stop it"
            ) from None
        if _is_current(path, descriptor):
            return descriptor
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        make_folder(path.parent)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Misconfigured(
            f"cannot write {path.parent} ({error.strerror}): set ATTEST_HOME to a folder you may write"
        ) from error


def _is_current(path: Path, descriptor: int) -> bool:
    """Tell whether the locked file still has its name: its last holder deletes it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
