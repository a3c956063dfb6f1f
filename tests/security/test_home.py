"""An operator's mistake: a wide umask."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.graph.run.test_crash import LIBRARY, QUESTION


def test_nobody_else_can_read_what_a_run_leaves(tmp_path: Path) -> None:
    """With a umask that gives others everything, the home, its database and its locks stay closed to them."""
    home = tmp_path / "home"
    (home / "old").mkdir(parents=True)
    (home / "old" / "left.txt").write_text("from a release that did not close it")
    for path in (home, home / "old", home / "old" / "left.txt"):
        path.chmod(0o777)
    script = (
        "import os, sys; os.umask(0); sys.argv = ['attest', *sys.argv[1:]]; from ui.cli import main; main()"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script, "ask", QUESTION, "--docs", LIBRARY, "--out", tmp_path / "out"],
        env={**os.environ, "ATTEST_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert asked.returncode == 0, asked.stderr
    assert (home / "attest.db").is_file()
    open_to_others = [str(path) for path in (home, *home.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_the_companions_of_the_database_are_closed_too(tmp_path: Path) -> None:
    """The write-ahead log and the shared memory of SQLite get the mode of the database, while it is open."""
    script = (
        "import os, pathlib, sys; os.umask(0)\n"
        "from graph.stores.db.database import Database; from graph.stores.db.migrations import MIGRATIONS\n"
        "database = Database(pathlib.Path(sys.argv[1]), migrations=MIGRATIONS)\n"
        "database.write_now(lambda connection: connection.execute('DELETE FROM runs'))\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).parent.iterdir()):\n"
        "    print(f'{path.name}={path.stat().st_mode & 0o777:o}')"
    )
    home = tmp_path / "home"
    said = subprocess.check_output([sys.executable, "-c", script, home / "attest.db"], text=True).split()
    assert said == ["attest.db=600", "attest.db-shm=600", "attest.db-wal=600"]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
