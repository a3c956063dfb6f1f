"""Count the files of the product whose functions a command calls.

`python -m tests.architecture.walk ask "How long do keys last?" --docs docs` counts one run. Of a server,
`… walk chat`, SIGUSR1 counts anew from now, and SIGUSR2 tells the number: what one message calls.
"""

from __future__ import annotations

import inspect
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from tests.architecture.test_names import PRODUCT
from ui import cli

ROOT = Path.cwd()
_FOLDERS = tuple(f"{ROOT / place}/" for place in PRODUCT)


class Walk:
    """Note each file of which a function is called, but for what importing a module calls."""

    def __init__(self) -> None:
        self.files: set[str] = set()

    def note(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take what `sys.setprofile` tells."""
        code = frame.f_code
        is_new = code.co_filename.startswith(_FOLDERS) and code.co_filename not in self.files
        if event == "call" and is_new and code.co_flags & inspect.CO_OPTIMIZED and not _is_importing(frame):
            self.files.add(code.co_filename)

    def tell(self) -> None:
        """Print the number and the files."""
        names = sorted(str(Path(file).relative_to(ROOT)) for file in self.files)
        sys.stderr.write("\n".join([*names, f"{len(names)} files", ""]))


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code.co_name != "<module>":
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename != __file__


def main() -> None:
    """Run the command line and count."""
    walk = Walk()
    signal.signal(signal.SIGUSR1, lambda *_: walk.files.clear())
    signal.signal(signal.SIGUSR2, lambda *_: walk.tell())
    threading.setprofile(walk.note)
    sys.setprofile(walk.note)
    try:
        cli.main()
    finally:
        sys.setprofile(None)
        walk.tell()


if __name__ == "__main__":
    main()
