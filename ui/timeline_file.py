"""Write the picture of a timeline: the whole file or none."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from graph.errors import Misconfigured


def save(path: Path, text: str) -> None:
    """Write a file beside its place and move it there; raise Misconfigured when that cannot be done."""
    try:
        _write(path, text.encode())
    except OSError as error:
        raise Misconfigured(
            f"cannot write {path} ({error.strerror}): choose another file with --svg"
        ) from error


def _write(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".attest-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).chmod(0o644)  # mkstemp lets only its owner read
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
