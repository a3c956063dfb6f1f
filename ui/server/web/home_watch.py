"""Notice that the home of an installation is gone, or that another folder stands in its place."""

from __future__ import annotations

import os
from pathlib import Path

from graph.stores.db.database_identity import file_identity


class Home:
    """Hold a home open from the first look on, so that no other folder can get its number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def is_there(self) -> bool:
        """Tell whether it is the folder that it was at the first look."""
        try:
            if self._held is None:
                self._held = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            held = os.fstat(self._held)
        except OSError:
            return False
        return file_identity(self._path) == (held.st_dev, held.st_ino)
