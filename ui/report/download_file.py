"""Write one file a person asked for by an option: the whole file or none."""

from __future__ import annotations

from pathlib import Path

from graph.errors import Misconfigured
from ui.report.whole_file import write_whole


def save(path: Path, content: bytes, option: str) -> None:
    """Write a file beside its place and move it there; raise Misconfigured when that cannot be done."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise Misconfigured(
            f"cannot write {path} ({error.strerror}): choose another file with {option}"
        ) from error
