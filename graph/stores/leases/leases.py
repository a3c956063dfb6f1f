"""Hold runs, one process at a time, and pass on requests to stop them, for either engine."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graph.stores.leases.run_lock import LOCKS, lease, request, requested

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    from graph.config.database_address import Location


# A lease is valid while its connection lives: the backend's number, and when it began.
LEASE_TABLE = """
CREATE TABLE leases (
    run TEXT NOT NULL PRIMARY KEY, backend INTEGER NOT NULL, began REAL NOT NULL, stopping INTEGER NOT NULL
);
"""


class Leases(Protocol):
    """Let one process at a time work on a run, and tell it when another asks it to stop."""

    def held(self, run_id: str) -> AbstractAsyncContextManager[None]:
        """Hold a run; raises Busy when another process holds it."""

    async def stop_requested(self, run_id: str) -> bool:
        """Tell, once, whether somebody asked to stop a run that is held here.

        Raises Unavailable if the run is not held any more: what was done is stored, and another process may
        go on.
        """

    async def close(self) -> None:
        """Release every run that is held."""


class FileLeases:
    """Hold runs by locked files in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def held(self, run_id: str) -> AsyncIterator[None]:
        """Hold a run; raises Busy if another process holds it, Misconfigured if nothing can be written."""
        with lease(self._folder, run_id):
            yield

    async def stop_requested(self, run_id: str) -> bool:
        """Tell whether there is a request beside the lock."""
        return requested(self._folder, run_id)

    async def close(self) -> None:
        """Do nothing: each lock goes with its run."""


def leases_of(location: Location) -> Leases:
    """Return the leases of a database; nothing is opened before its first use."""
    if isinstance(location, Path):
        return FileLeases(location.parent / LOCKS)
    from graph.stores.leases.postgres_leases import ServerLeases  # noqa: PLC0415  # a file needs no driver

    return ServerLeases(location)


def request_stop(location: Location, run_id: str) -> bool:
    """Ask the process that works on a run to stop it; return False if none does."""
    if isinstance(location, Path):
        return request(location.parent / LOCKS, run_id)
    from graph.stores.leases import postgres_leases  # noqa: PLC0415  # a file needs no driver

    return postgres_leases.request(location, run_id)
