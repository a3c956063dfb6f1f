"""Notice that the home folder of an installation was removed or replaced."""

from __future__ import annotations

import os
from pathlib import Path


class HomeWatch:
    """Keep the home open from the first check on, so that no other folder can get its inode number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def is_there(self) -> bool:
        """Tell whether the path still leads to the folder of the first check."""
        try:
            if self._held is None:
                self._held = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            return os.path.samestat(self._path.stat(), os.fstat(self._held))
        except OSError:
            return False
