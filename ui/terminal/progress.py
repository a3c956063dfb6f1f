"""Choose how to show a run."""

from __future__ import annotations

import sys
import time

from ui.terminal.progress_plain import PlainProgress, Progress
from ui.terminal.streams import is_terminal


def make_progress() -> Progress:
    """Return live progress when a person watches stderr, plain lines otherwise."""
    if not is_terminal(sys.stderr):
        return PlainProgress(time.monotonic)
    from ui.terminal.progress_live import LiveProgress  # noqa: PLC0415  # rich is slow to import

    return LiveProgress()
