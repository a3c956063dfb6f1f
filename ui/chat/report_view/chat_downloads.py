"""Make the files that a person downloads of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ui.report.exports.bundle import report_zip
from ui.report.exports.html_page import report_html
from ui.report.exports.pdf_document import report_pdf
from ui.report.proof import Proof
from ui.report.report_markdown import report_markdown

Make = Callable[[Mapping[str, Any], Proof], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadFormat:
    """Describe a format: the ending of its file, its media type, and the function that makes the file."""

    ending: str
    media: str
    make: Make


def _markdown(report: Mapping[str, Any], _: Proof) -> bytes:
    return report_markdown(report).encode()


def _html(report: Mapping[str, Any], proof: Proof) -> bytes:
    return report_html(report, proof.texts).encode()


def _pdf(report: Mapping[str, Any], proof: Proof) -> bytes:
    return report_pdf(report, proof.texts)


FORMATS = {
    "markdown": DownloadFormat(ending="md", media="text/markdown; charset=utf-8", make=_markdown),
    "html": DownloadFormat(ending="html", media="text/html; charset=utf-8", make=_html),
    "pdf": DownloadFormat(ending="pdf", media="application/pdf", make=_pdf),
    "json": DownloadFormat(ending="zip", media="application/zip", make=report_zip),
}


def file_name(run_id: str, form: DownloadFormat) -> str:
    """Return the name of the file of a run; a run id is safe as a file name."""
    return f"attest-{run_id}.{form.ending}"
