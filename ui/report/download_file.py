"""Write the file that an option names: the whole file or none."""

from __future__ import annotations

from pathlib import Path

from graph.errors import Misconfigured
from ui.report.whole_file import write_whole


def save(path: Path, content: bytes, option: str) -> None:
    """Write a temporary file and rename it; raise Misconfigured when that fails."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise Misconfigured(
            f"cannot write {path} ({error.strerror}): choose another file with {option}"
        ) from error
