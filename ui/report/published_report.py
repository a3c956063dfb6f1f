"""Read a published report without trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from graph.untrusted import Untrusted
from guards.claims.sealed_report import AuditEntry
from guards.strict_json import read_json
from ui.report.chain_file import CHAIN, read_chain
from ui.report.foreign_folder import ForeignFolder, foreign_folder
from ui.report.publish import HTML, PAGE, RECORD, SOURCES

SCHEMAS = ("attest.report/1", "attest.report/2")
MOST_RECORD = 8 * 2**20
MOST_PAGE = 4 * MOST_RECORD
MOST_SOURCE = 64 * 2**20
MOST_IN_ALL = 512 * 2**20
MOST_LISTED = 2_000
MOST_CITATIONS = 10_000
"""The most of a report that is read: a run publishes far less."""

ABSENT = "is not there"
"""What is said of a chain that was not published."""

_ID = re.compile(r"[0-9a-f]{64}")
_MEND = "name a report attest published"
_NO_FILE = "is no file that is read here (links are not followed)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Read the sources of a published folder one at a time, keeping none."""

    folder: ForeignFolder
    sizes: dict[str, int] = field(default_factory=dict)

    def get(self, source: str) -> bytes | None:
        """Return the bytes of a source, None where there are none; raise Misconfigured when all are huge."""
        if not _ID.fullmatch(source):
            return None
        content = self.folder.read(SOURCES, f"{source}.txt", most=MOST_SOURCE)
        self.sizes[source] = len(content or b"")
        if sum(self.sizes.values()) > MOST_IN_ALL:
            raise Misconfigured(f"the sources have more than {MOST_IN_ALL >> 20} MiB in all: {_MEND}")
        return content


class Texts(Mapping[str, Untrusted]):
    """Read the texts of a published folder on demand, keeping the latest."""

    def __init__(self, sources: Sources, ids: Sequence[str]) -> None:
        self._sources, self._ids = sources, ids
        self._latest: tuple[str, Untrusted] | None = None

    def __getitem__(self, source: str) -> Untrusted:
        if self._latest is None or self._latest[0] != source:
            self._latest = None
            if (content := self._sources.get(source)) is None:
                raise KeyError(source)
            self._latest = source, Untrusted(content.decode(errors="replace"))
        return self._latest[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Hold a report and the files beside it; `chain` is a message where the chain cannot be read."""

    report: dict[str, Any]
    stored: Sources
    page: str | None
    html: str | None
    chain: tuple[AuditEntry, ...] | str


@contextmanager
def published(path: Path) -> Iterator[Published]:
    """Open a folder, or a report beside its sources; raise Misconfigured when it is no report."""
    beside, name = (path, RECORD) if path.is_dir() else (path.parent, path.name)
    with foreign_folder(beside) as folder:
        report = _report(folder, name)
        yield Published(
            report=report,
            stored=Sources(folder=folder),
            page=_page(folder, PAGE) if name == RECORD else None,
            html=_page(folder, HTML) if name == RECORD else None,
            chain=_chain(folder),
        )


def _page(folder: ForeignFolder, name: str) -> str | None:
    page = folder.read(name, most=MOST_PAGE)
    if page is None and folder.holds(name):
        raise Misconfigured(
            f"{folder.path / name} {_NO_FILE}, so nothing says that it is the report: {_MEND}"
        )
    return None if page is None else page.decode(errors="replace")


def _report(folder: ForeignFolder, name: str) -> dict[str, Any]:
    record = folder.path / name
    content = folder.read(name, most=MOST_RECORD)
    if content is None and folder.holds(name):
        raise Misconfigured(f"{record} {_NO_FILE}: {_MEND}")
    if content is None:
        raise Misconfigured(f"{record} is not a report: name the folder attest published, or its {RECORD}")
    try:
        report = read_json(content.decode())
    except ValueError as error:
        raise Misconfigured(f"{record} is not JSON ({error}): {_MEND}") from None
    if not isinstance(report, dict) or report.get("schema") not in SCHEMAS:
        raise Misconfigured(f"{record} is not a report of schema {' or '.join(SCHEMAS)}: {_MEND}")
    _refuse_endless(report, record)
    return report


def _refuse_endless(report: Mapping[str, Any], record: Path) -> None:
    """Refuse more claims, sources or citations than any run makes."""
    claims = _list(report, "claims")
    counted = {
        "claims": (len(claims), MOST_LISTED),
        "sources": (len(_list(report, "sources")), MOST_LISTED),
        "citations": (sum(len(_list(claim, "citations")) for claim in claims), MOST_CITATIONS),
    }
    for what, (number, most) in counted.items():
        if number > most:
            raise Misconfigured(f"{record} holds {number:,} {what}, a report at most {most:,}: {_MEND}")


def _list(node: object, name: str) -> list[Any]:
    held = node.get(name) if isinstance(node, dict) else None
    return held if isinstance(held, list) else []


def _chain(folder: ForeignFolder) -> tuple[AuditEntry, ...] | str:
    content = folder.read(CHAIN, most=MOST_RECORD)
    if content is None:
        return _NO_FILE if folder.holds(CHAIN) else ABSENT
    try:
        return read_chain(content.decode())
    except ValueError as error:
        return f"cannot be read ({error})"
