"""Write a file whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

EVERYONE_READS = 0o644


def write_whole(path: Path, content: bytes, mode: int = EVERYONE_READS) -> None:
    """Write a temporary file and rename it; raises OSError and leaves nothing behind."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".attest-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).chmod(mode)  # mkstemp lets only its owner read
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
