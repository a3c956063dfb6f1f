"""List the formats of a report, one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.untrusted import Untrusted
from guards.visible_text import write_json
from ui.report.report_markdown import report_markdown

Report = Mapping[str, Any]
Texts = Mapping[str, Untrusted]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormat:
    """Write a report in one format; `texts` are the cited texts, where the format needs them."""

    media_type: str
    suffix: str
    write: Callable[[Report, Texts], str | bytes]
    needs_texts: bool = False


FORMATS: Mapping[str, ReportFormat] = {
    "json": ReportFormat(
        media_type="application/json", suffix="json", write=lambda report, _: write_json(report)
    ),
    "markdown": ReportFormat(
        media_type="text/markdown; charset=utf-8",
        suffix="md",
        write=lambda report, _: report_markdown(report),
    ),
}
