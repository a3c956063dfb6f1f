"""Show runs: GET /api/runs and GET /api/runs/{run_id}."""

from __future__ import annotations

import base64
import json
import math
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from graph.history import RunRow
from ui.server.web.api_context import ApiContext
from ui.server.web.api_forms import RunList, RunShown, shown
from ui.server.web.callers import Caller, Context
from ui.server.web.problems import Problem
from ui.server.web.requested_run import Readable

router = APIRouter(tags=["runs"])

Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=400, description="As the page before gave it.")]


@router.get("/api/runs")
async def list_runs(context: Context, who: Caller, limit: Limit = 20, cursor: Cursor = None) -> RunList:
    """List the runs of the caller, newest first."""
    before = _read(cursor) if cursor else None
    rows = await context.served().app.asked_by(who.id, limit + 1, before)
    page = rows[:limit]
    following = _write(page[-1]) if len(rows) > limit else None
    return RunList(runs=[show(context, row) for row in page], cursor=following)


@router.get("/api/runs/{run_id}")
async def get_run(row: Readable, context: Context) -> RunShown:
    """Show where a run stands."""
    return show(context, row)


def show(context: ApiContext, row: RunRow) -> RunShown:
    """Show a run, and whether this process works on it."""
    carried = context.served().runs.find(row.id)
    return shown(row, under_way=bool(carried and not carried.ended))


def _write(row: RunRow) -> str:
    return base64.urlsafe_b64encode(json.dumps([row.created, row.id]).encode()).decode()


def _read(cursor: str) -> tuple[float, str]:
    try:
        read = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, RecursionError):
        read = None
    match read:
        case [float(created), str(run_id)] if math.isfinite(created) and run_id.isprintable():
            return created, run_id
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "cursor: take it from the page before")
