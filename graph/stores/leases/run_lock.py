"""Let one process at a time work on a run: the lock ends with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import Busy, Misconfigured
from graph.private_files import make_folder
from graph.stores.leases.stop_requests import beside, requested


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
