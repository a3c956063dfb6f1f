"""Check the machine: what Attest needs, what it can use, and what to do about the rest."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from graph.config.database_address import Location
from graph.config.path_values import HOME_MEND, check_writable
from graph.config.settings import Settings
from graph.errors import Misconfigured
from graph.health.caps_health import check_caps
from graph.health.health_check import Check
from graph.health.people_health import check_people
from graph.health.postgres_health import check_server
from graph.health.settings_health import check_settings
from graph.people.identity_providers import advice, problems, ways_in
from graph.records import Clock

PACKAGES = {
    "langgraph": "runs",
    "pypdfium2": "PDF files",
    "docx": "Word files",
    "trafilatura": "web pages",
    "Stemmer": "search by word stems",
}
OLDEST = (3, 11)
GROUPS = ("web", "scholarly", "community")
POLITE = frozenset({"web", "scholarly"})


def examine(check_address: Callable[[Settings], Iterable[Check]]) -> list[Check]:
    """Return every check, in the order to fix them; a server brings the check of its own addresses."""
    checks = [_python(), _fts5(), *_packages(), _scans()]
    try:
        settings = Settings.from_environment()
    except Misconfigured as error:
        return [*checks, Check(name="settings", ok=False, detail=str(error))]
    return [
        *checks,
        *check_settings(),
        *_database(settings.database),
        *_documents(settings.docs),
        _embedder(settings),
        *_sources(settings),
        _policies(settings.policies),
        *_mcp(settings),
        *_login(settings),
        *check_people(settings),
        *check_address(settings),
        *check_caps(settings),
        Check(name="engine", ok=True, detail=_engine(settings)),
    ]


def _engine(settings: Settings) -> str:
    """Report who answers: models where there is a key, or the extractive engine."""
    asked = [
        f"{role} {', '.join(named)}"
        for role, models in settings.models.items()
        if (named := [m for m in models if m != "extractive" and (":" in m or settings.key("GEMINI"))])
    ]
    if asked:
        return f"models: {'; '.join(asked)}; extractive where none answers"
    return "extractive: answers in the words of the sources, no model and no key"


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


def _scans() -> Check:
    """Say whether the letters of scanned pages can be read."""
    program = shutil.which("tesseract")
    detail = (
        f"{program} reads pages that are images" if program else "pages that are images are named, not read"
    )
    mend = "to have them read, install tesseract-ocr and its language packs"
    return Check(name="tesseract", ok=program is not None, detail=detail, mend=mend, needed=False)


def _database(location: Location) -> Iterator[Check]:
    if isinstance(location, Path):
        yield _home(location.parent)
        yield _file(location)
    else:
        yield from check_server(location)


def _home(folder: Path) -> Check:
    try:
        check_writable(folder.absolute(), HOME_MEND)
    except Misconfigured as error:
        return Check(name="home", ok=False, detail=str(error))
    return Check(name="home", ok=True, detail=f"{folder} can be written")


def _file(path: Path) -> Check:
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


def _embedder(settings: Settings) -> Check:
    """Say what finds passages by their meaning; no model is opened and no provider is asked."""
    if not settings.embedder:
        detail = "none: documents are searched by their words; ATTEST_EMBEDDER=local adds their meaning"
        return Check(name="embedder", ok=True, detail=detail)
    from tools.registry import described_embedder  # noqa: PLC0415  # every client of a service comes with it

    try:
        return Check(name="embedder", ok=True, detail=described_embedder(settings))
    except Misconfigured as error:
        return Check(name="embedder", ok=False, detail=str(error))


def _sources(settings: Settings) -> Iterator[Check]:
    """Check the search services that ATTEST_SOURCES names; a run over documents alone needs none."""
    named = [name for name in settings.sources if name not in {"documents", "documents.search"}]
    if not named:
        return
    from tools.net.endpoint import endpoint  # noqa: PLC0415  # every client of a service comes with it
    from tools.registry import SERVICES  # noqa: PLC0415  # as above

    services = [
        (s.spec.name, str(s.spec.group), s.address.missing(endpoint(s.address, settings))) for s in SERVICES
    ]
    asked: set[str] = set()
    for source in named:
        meant = [service for service in services if source in service[:2]]
        asked |= {group for _, group, _ in meant}
        yield from _source(source, meant)
    if not settings.contact.isascii():
        detail = "ATTEST_CONTACT holds signs no header can carry"
        yield Check(name="contact", ok=False, detail=detail, mend="write it in ASCII")
    elif asked & POLITE and not settings.contact:
        detail = "public services are told no address"
        mend = "set ATTEST_CONTACT to a mail or web address, as they ask of polite callers"
        yield Check(name="contact", ok=False, detail=detail, mend=mend, needed=False)


def _source(source: str, meant: list[tuple[str, str, str]]) -> Iterator[Check]:
    """Name the usable services, then each one that lacks a setting; `meant` holds name, group, setting."""
    ready = [name for name, _, missing in meant if not missing]
    if not meant:
        known = ", ".join(("documents", *GROUPS))
        mend = f"correct ATTEST_SOURCES: write {known} or a name that attest tools lists"
        yield Check(name="sources", ok=False, detail=f"there is no source {source!r}", mend=mend)
    elif ready:
        yield Check(
            name="sources", ok=True, detail=f"{source}: {', '.join(ready)}" if ready != [source] else source
        )
    for name, group, missing in meant:
        if missing:
            detail, mend = f"{name} ({group}) cannot be asked", f"set {missing}"
            yield Check(name="sources", ok=False, detail=detail, mend=mend, needed=not ready)


def _policies(own: Path | None) -> Check:
    try:
        read_policies(own, time.time)
    except Misconfigured as error:
        return Check(name="policies", ok=False, detail=str(error))
    added = f", with those in {own}" if own else ""
    return Check(name="policies", ok=True, detail=f"those of the release{added}")


def read_policies(own: Path | None, clock: Clock) -> None:
    """Read the policies about calls, those of the release and the operator's; raises Misconfigured."""
    from tools.call_pipeline.authorization import Authority  # noqa: PLC0415  # the language of the policies comes with it

    Authority(own, clock=clock)


def _mcp(settings: Settings) -> Iterator[Check]:
    """Read the file of the MCP servers; none is started."""
    if settings.mcp is None:
        return
    from tools.mcp.mcp_settings import read_servers  # noqa: PLC0415  # half a second that others need not wait for

    try:
        named = ", ".join(server.name for server in read_servers(settings.mcp, settings.values))
    except Misconfigured as error:
        yield Check(name="mcp", ok=False, detail=str(error))
        return
    detail = f"{named or 'no server'}, not started; a policy must permit what they offer"
    yield Check(name="mcp", ok=True, detail=detail)


def _login(settings: Settings) -> Iterator[Check]:
    """Check how people log in to the chat; no provider is asked."""
    wrong = list(problems(settings))
    yield from (Check(name="login", ok=False, detail=problem) for problem in wrong)
    yield from (Check(name="login", ok=False, detail=doubt, needed=False) for doubt in advice(settings))
    if not wrong:
        yield Check(name="login", ok=True, detail=ways_in(settings))
