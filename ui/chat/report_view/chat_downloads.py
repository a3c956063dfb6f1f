"""Make the file a person downloads of a report."""

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
class Form:
    """Describe a form of a report: the ending of its file, its media type and what makes it of the proof."""

    ending: str
    media: str
    make: Make


def _markdown(report: Mapping[str, Any], _: Proof) -> bytes:
    return report_markdown(report).encode()


def _html(report: Mapping[str, Any], proof: Proof) -> bytes:
    return report_html(report, proof.texts).encode()


def _pdf(report: Mapping[str, Any], proof: Proof) -> bytes:
    return report_pdf(report, proof.texts)


FORMS = {
    "markdown": Form(ending="md", media="text/markdown; charset=utf-8", make=_markdown),
    "html": Form(ending="html", media="text/html; charset=utf-8", make=_html),
    "pdf": Form(ending="pdf", media="application/pdf", make=_pdf),
    "json": Form(ending="zip", media="application/zip", make=report_zip),
}


def file_name(run_id: str, form: Form) -> str:
    """Name the file of a run; a run id is safe as a file name."""
    return f"attest-{run_id}.{form.ending}"
