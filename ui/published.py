"""Read a published report back, trusting nothing in it."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import Misconfigured
from ui.publishing import PAGE, RECORD, SOURCES
from ui.strict_json import read_json

SCHEMA = "attest.report/1"
MOST_BYTES = 64 * 2**20

# Neither follow a link out of the folder, nor wait for the other end of a pipe, nor translate line ends.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Hold a report and the stored bytes of the sources it names, None for one that is missing."""

    report: dict[str, Any]
    stored: dict[str, bytes | None]
    page: str | None


def read_published(path: Path) -> Published:
    """Read a folder, or a report beside its sources; raise Misconfigured when it is no report."""
    record = (path / RECORD if path.is_dir() else path).resolve()
    report = _report(record)
    ids = [id_ for id_ in _ids(report) if _ID.fullmatch(id_)]
    stored = {id_: _read(record.parent / SOURCES / f"{id_}.txt") for id_ in ids}
    page = _read(record.parent / PAGE) if record.name == RECORD else None
    return Published(
        report=report, stored=stored, page=None if page is None else page.decode(errors="replace")
    )


def _report(record: Path) -> dict[str, Any]:
    content = _read(record)
    if content is None:
        raise Misconfigured(f"{record} is not a report: name the folder attest published, or its report.json")
    try:
        report = read_json(content.decode())
    except ValueError as error:
        raise Misconfigured(f"{record} is not JSON ({error}): name a report attest published") from None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        raise Misconfigured(f"{record} is not a report of schema {SCHEMA}: name a report attest published")
    return report


def _ids(report: dict[str, Any]) -> list[str]:
    """Collect what may be the id of a source; whether the report is sound is for others to say."""
    sources = report.get("sources")
    ids = [s.get("id") for s in sources if isinstance(s, dict)] if isinstance(sources, list) else []
    claims = report.get("claims")
    for claim in claims if isinstance(claims, list) else []:
        citations = claim.get("citations") if isinstance(claim, dict) else None
        ids += (
            [c.get("source") for c in citations if isinstance(c, dict)] if isinstance(citations, list) else []
        )
    return list(dict.fromkeys(id_ for id_ in ids if isinstance(id_, str)))


def _read(path: Path) -> bytes | None:
    """Return the content of a regular file, or None; raise Misconfigured when it is huge."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        if status.st_size > MOST_BYTES:
            most = f"{MOST_BYTES // 2**20} MiB"
            raise Misconfigured(f"{path} is larger than {most}: attest publishes no such file")
        return file.read()
