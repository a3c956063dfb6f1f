"""Open files of a folder that somebody else made, following no link and waiting for no pipe."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Misconfigured

_STEP = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignFolder:
    """Read files of the folder at `path`, which is open as `descriptor`."""

    path: Path
    descriptor: int

    def read(self, *names: str, most: int) -> bytes | None:
        """Return the content of a regular file, or None; raise Misconfigured when it has too many bytes.

        `names` lead to it from the folder: each is opened in the one before, and none may be a link.
        """
        with suppress(OSError, ValueError), _opened(self.descriptor, names) as descriptor:
            return _content(descriptor, self.path.joinpath(*names), most)
        return None

    def holds(self, name: str) -> bool:
        """Tell whether something is there by this name, a link or a pipe too."""
        with suppress(OSError, ValueError):
            os.stat(name, dir_fd=self.descriptor, follow_symlinks=False)
            return True
        return False


@contextmanager
def foreign_folder(path: Path) -> Iterator[ForeignFolder]:
    """Open a folder that a person named; raise Misconfigured when it is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Misconfigured(f"cannot open {path} ({reason}): name a folder attest published") from None
    try:
        yield ForeignFolder(path=path, descriptor=descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _opened(folder: int, names: tuple[str, ...]) -> Iterator[int]:
    """Open a path component by component; raises OSError."""
    *steps, last = names
    opened: list[int] = []
    try:
        for name in steps:
            opened.append(os.open(name, _STEP, dir_fd=opened[-1] if opened else folder))
        opened.append(os.open(last, _FILE, dir_fd=opened[-1] if opened else folder))
        yield opened[-1]
    finally:
        for descriptor in reversed(opened):
            os.close(descriptor)


def _content(descriptor: int, path: Path, most: int) -> bytes | None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return None
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        content = file.read(most) if status.st_size <= most else b""
        if status.st_size > most or file.read(1):
            raise Misconfigured(f"{path} is larger than {most >> 20} MiB: attest publishes no such file")
    return content
