"""Run the command line with an application that hangs, blocks or finishes, as its first argument says."""

import atexit
import sys
from pathlib import Path

import pytest

from tests.ui.fake_app import PROGRESS, FakeApp
from ui.cli import main
from ui.terminal import interruptible

if __name__ == "__main__":
    mode = sys.argv.pop(1)
    atexit.register(Path("ended").touch)
    fake = FakeApp() if mode == "finish" else FakeApp(events=PROGRESS, then=mode)
    patch = pytest.MonkeyPatch()
    if mode == "hang":  # what can be cancelled ends by itself, however slow the machine is
        patch.setattr(interruptible, "GRACE_SECONDS", 60.0)
    fake.replace(patch)
    main()
