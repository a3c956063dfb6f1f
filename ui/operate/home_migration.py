"""Move the home of an earlier release to its present place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from graph.errors import Misconfigured
from graph.private_files import make_folder
from guards.strict_json import read_json
from guards.visible_text import one_line
from ui.terminal.confirm import agreed
from ui.terminal.exits import Code
from ui.terminal.streams import answer, tell

DATABASE = "attest.db"
SECRET = "session.secret"  # noqa: S105  # the name of a file


def move(old: Path, home: Path, *, yes: bool) -> Code:
    """Show what an old home holds, and move it if the person says yes.

    Raises Misconfigured for a folder that is no home of theirs, that is in use, or where the new one holds
    something. The secret of its sessions stays behind: its author could log in as anybody.
    """
    _check(old, home)
    tell(f"{one_line(str(old.absolute()))} holds")
    for line in _holds(old):
        tell(f"  {one_line(line)}")
    if not agreed(
        f"Is all of it yours? It is moved to {one_line(str(home))}.",
        yes=yes,
        way_out=f"attest home --move-from {old} --yes",
    ):
        tell("nothing was moved")
        return Code.REFUSED
    _settle(old / DATABASE)
    try:
        _carry(old, home)
    except OSError as error:
        raise Misconfigured(f"it could not be moved ({error}); what was there is there still") from None
    shutil.rmtree(old, ignore_errors=True)
    if old.exists():
        tell(f"what is left in {old} could not be removed, and is not needed any more")
    answer(f"moved to {home}; everybody logs in again")
    return Code.DONE


def _check(old: Path, home: Path) -> None:
    if not (old / DATABASE).exists() and not (old / "accounts.json").exists():
        raise Misconfigured(f"{old} is no home of Attest: it holds neither {DATABASE} nor accounts.json")
    for path in (old, *old.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Misconfigured(f"{path} is neither file nor folder: a home of Attest holds no such thing")
        if path.lstat().st_uid != os.geteuid():
            raise Misconfigured(f"{path} belongs to another user: such a home is not taken over")
    if home.is_dir() and any(home.iterdir()):
        raise Misconfigured(
            f"{home} is in use already: go on with the old one by ATTEST_HOME={old.absolute()}, "
            f"or move the new one away first: mv {home} {home}.new"
        )


def _holds(old: Path) -> Iterator[str]:
    yield from _accounts(old / "accounts.json")
    for path in sorted(old.iterdir()):
        size = sum(file.lstat().st_size for file in (path, *path.rglob("*")) if file.is_file())
        left = ", which is left behind and removed" if path.name == SECRET else ""
        yield f"{path.name}, {size:,} bytes{left}"


def _accounts(file: Path) -> Iterator[str]:
    """Yield who could log in; an unreadable file lets nobody in."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        for account in read_json(file.read_text(encoding="utf-8"))["accounts"]:
            yield f"the account {account['name']}, as {account['role']}, with its password and tokens"


def _settle(database: Path) -> None:
    """Merge the write-ahead log into its database, so that one file holds all; nobody else may use it."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=1.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise Misconfigured(
            f"{database} cannot be moved ({error}): end what works with it, and move it then"
        ) from None


def _carry(old: Path, home: Path) -> None:
    """Copy to a temporary folder, sync it to the disk and rename it: then the old home may go."""
    make_folder(home.parent)
    aside = Path(tempfile.mkdtemp(dir=home.parent, prefix=".attest-"))
    try:
        shutil.copytree(old, aside, dirs_exist_ok=True, ignore=lambda *_: {SECRET, "locks"})
        aside.chmod(0o700)
        aside.replace(home)
        os.sync()
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
