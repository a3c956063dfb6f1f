"""Examine the machine: what Attest needs, what it can use, what to do about the rest."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from graph.errors import Misconfigured
from graph.settings import Settings
from ui.publishing import HOME_MEND, check_writable
from ui.visible import one_line

PACKAGES = {
    "langgraph": "runs",
    "pypdf": "PDF files",
    "docx": "Word files",
    "trafilatura": "web pages",
    "Stemmer": "search by word stems",
}
OLDEST = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Say whether one thing is there, and how to mend it when it is not."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    needed: bool = True

    def line(self) -> str:
        """Return the check as a line."""
        state = "ok" if self.ok else "missing"
        mend = f": {self.mend}" if self.mend and not self.ok else ""
        return f"{state:7}  {self.name:11}  {one_line(self.detail + mend)}"


def examine() -> list[Check]:
    """Return every check, in the order to mend them."""
    checks = [_python(), _fts5(), *_packages()]
    try:
        settings = Settings.from_environment()
    except Misconfigured as error:
        return [*checks, Check(name="settings", ok=False, detail=str(error))]
    engine = "extractive: answers in the words of the sources, no model and no key"
    return [
        *checks,
        _home(settings),
        _database(settings.database),
        *_documents(settings.docs),
        Check(name="engine", ok=True, detail=engine),
    ]


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check(
        name="python", ok=sys.version_info >= OLDEST, detail=version, mend="install Python 3.11 or newer"
    )


def _fts5() -> Check:
    detail = f"SQLite {sqlite3.sqlite_version}"
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.OperationalError as error:
        mend = "use a Python whose SQLite has FTS5"
        return Check(name="search", ok=False, detail=f"{detail}, {error}", mend=mend)
    return Check(name="search", ok=True, detail=f"{detail} with FTS5")


def _packages() -> Iterator[Check]:
    for package, use in PACKAGES.items():
        mend = "reinstall attest, which brings it"
        yield Check(
            name=package,
            ok=find_spec(package) is not None,
            detail=use,
            mend=mend,
            needed=package == "langgraph",
        )


def _home(settings: Settings) -> Check:
    folder = settings.database.parent
    try:
        check_writable(folder.absolute(), HOME_MEND)
    except Misconfigured as error:
        return Check(name="home", ok=False, detail=str(error))
    return Check(name="home", ok=True, detail=f"{folder} can be written")


def _database(path: Path) -> Check:
    if not path.exists():
        return Check(name="database", ok=True, detail=f"{path} will be made by the first run")
    mend = "nothing was changed; move the file aside or set ATTEST_HOME to another folder"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    return Check(name="database", ok=found == "ok", detail=f"{path} {found}", mend=mend)


def _documents(paths: tuple[str, ...]) -> Iterator[Check]:
    if not paths:
        detail = "ATTEST_DOCS is empty, so each question names its documents with --docs"
        yield Check(name="documents", ok=True, detail=detail, needed=False)
    for path in paths:
        yield Check(
            name="documents",
            ok=Path(path).expanduser().exists(),
            detail=path,
            mend="it does not exist; correct ATTEST_DOCS or use --docs",
            needed=False,
        )
