"""Write a report to files: as HTML, PDF or ZIP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import installation
from graph.config.settings import Settings
from graph.errors import Refused
from ui.report.download_file import save
from ui.report.proof import Proof, proof_of
from ui.terminal.find_run import find_run
from ui.terminal.interruptible import complete
from ui.terminal.streams import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedFiles:
    """Name the file of each form that is asked for."""

    html: Path | None = None
    pdf: Path | None = None
    zip: Path | None = None

    def __bool__(self) -> bool:
        return any((self.html, self.pdf, self.zip))


def download(settings: Settings, name: str, wanted: RequestedFiles) -> None:
    """Write the report of a run to files, and say where they are; raise Refused when it has none yet."""
    row = find_run(installation.list_runs(settings), name)
    if row.report is None:
        raise Refused(f"run {row.id} has no report yet: end it with attest resume {row.id}")
    proof = complete(_proof(settings, row.report), lambda: None)
    for option, file in (("--html", wanted.html), ("--pdf", wanted.pdf), ("--zip", wanted.zip)):
        if file is not None:
            path = file.expanduser()
            save(path, _FORMS[option](row.report, proof), option)
            tell(f"the report of {row.id} is written to {path}")


def _html(report: Mapping[str, Any], proof: Proof) -> bytes:
    from ui.report.exports.html_page import report_html  # noqa: PLC0415  # each form has its own libraries

    return report_html(report, proof.texts).encode()


def _pdf(report: Mapping[str, Any], proof: Proof) -> bytes:
    from ui.report.exports.pdf_document import report_pdf  # noqa: PLC0415  # as above

    return report_pdf(report, proof.texts)


def _zip(report: Mapping[str, Any], proof: Proof) -> bytes:
    from ui.report.exports.bundle import report_zip  # noqa: PLC0415  # as above

    return report_zip(report, proof)


_FORMS: dict[str, Callable[[Mapping[str, Any], Proof], bytes]] = {
    "--html": _html,
    "--pdf": _pdf,
    "--zip": _zip,
}


async def _proof(settings: Settings, report: Mapping[str, Any]) -> Proof:
    async with installation.open_app(settings) as app:
        return await proof_of(app, report)
