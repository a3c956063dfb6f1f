"""Return a report and the texts it cites."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from graph.history import RunRow
from ui.server.web.callers import Context
from ui.server.web.problems import Problem
from ui.server.web.report_formats import FORMATS, Report
from ui.server.web.requested_run import Readable
from ui.server.web.source_text import source_text

router = APIRouter(tags=["reports"])

Form = Annotated[
    str, Query(alias="format", max_length=32, pattern="^[a-z]+$", description=f"one of {', '.join(FORMATS)}")
]
Sha256 = Annotated[str, Path(max_length=200, description="The id of a source, as the report cites it.")]
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}

_Answers = dict[int | str, dict[str, Any]]
_REPORT: _Answers = {
    200: {"content": {each.media_type: {} for each in FORMATS.values()}, "description": "The report."}
}
_TEXT: _Answers = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The stored text."}
}


@router.get("/api/runs/{run_id}/report", response_class=Response, responses=_REPORT)
async def get_report(row: Readable, context: Context, name: Form = "json") -> Response:
    """Return the report of a run, whole."""
    report = _report(row)
    if (form := FORMATS.get(name)) is None:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"there is no format {name}: choose from {', '.join(FORMATS)}"
        )
    texts = await context.served().app.texts(sorted(_cited(report))) if form.needs_texts else {}
    content = form.write(report, texts)
    file = re.sub(r"[^\w.-]", "-", row.id, flags=re.ASCII)
    headers = {**SANDBOX, "Content-Disposition": f'inline; filename="{file}.{form.suffix}"'}
    return Response(content, media_type=form.media_type, headers=headers)


@router.get("/api/runs/{run_id}/sources/{sha256}", response_class=Response, responses=_TEXT)
async def get_source(row: Readable, context: Context, sha256: Sha256) -> Response:
    """Return the stored text of a source that this report cites, and of no other."""
    text = None
    if sha256 in _cited(_report(row)):
        text = (await context.served().app.texts([sha256])).get(sha256)
    if text is None:
        raise Problem(
            HTTPStatus.NOT_FOUND, "this report cites no such source: its sources stand in the report"
        )
    return Response(source_text(text), media_type="text/plain; charset=utf-8", headers=SANDBOX)


def _report(row: RunRow) -> Report:
    if row.report is None:
        raise Problem(HTTPStatus.CONFLICT, f"the run is {row.status}: it has no report yet")
    return row.report


def _cited(report: Report) -> set[str]:
    return {str(source["id"]) for source in report.get("sources", ())}
