from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import Misconfigured, Refused
from graph.stores.leases.run_lock import lease

HOLD = """
import pathlib, sys, time
from graph.stores.leases.run_lock import lease
with lease(pathlib.Path(sys.argv[1]), "r1"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_run_is_worked_on_once_at_a_time(tmp_path: Path) -> None:
    """A second worker is told to wait; another run, or the same one later, is free; nothing is left."""
    again = lease(tmp_path, "r1")
    with lease(tmp_path, "r1"), lease(tmp_path, "r2"), pytest.raises(Refused, match="another"), again:
        pass
    with lease(tmp_path, "r1"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """SIGKILL frees the run at once: it can be resumed."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Refused), lease(tmp_path, "r1"):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with lease(tmp_path, "r1"):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The way out is in the message."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="ATTEST_HOME"), lease(tmp_path / "file" / "locks", "r1"):
        pass
