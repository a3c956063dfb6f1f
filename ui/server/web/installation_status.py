"""Show an administrator how this installation stands: GET /api/status."""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from graph import installation
from graph.history import RunRow
from graph.records import Status
from ui.operate.cap_settings import cap_json, cap_uses
from ui.operate.tool_listing import tool_json
from ui.server.web.api_context import ApiContext
from ui.server.web.callers import Context, operator

router = APIRouter(tags=["operation"], dependencies=[Depends(operator)])


class StatusShown(BaseModel):
    """Show an installation: times in seconds, caps with what counts against them now."""

    version: str
    database: str
    uptime: float
    runs: dict[str, int]
    under_way: list[str]
    waiting: list[dict[str, Any]]
    caps: list[dict[str, Any]]
    tools: list[dict[str, Any]]


@router.get("/api/status")
async def get_status(context: Context) -> StatusShown:
    """Show what runs, what waits, what is spent and how the tools stand."""
    served, now = context.served(), context.clock()
    rows = await asyncio.to_thread(installation.list_runs_by_name, context.settings)
    uses = await asyncio.to_thread(cap_uses, context.settings, now)
    return StatusShown(
        version=version("attest"),
        database=_kind(context),
        uptime=max(0.0, now - context.started),
        runs={str(status): count for status, count in (await served.app.tally()).items()},
        under_way=[carried.run_id for carried in served.runs.under_way()],
        waiting=[_waiting(row) for row in rows if row.status is Status.WAITING],
        caps=[cap_json(each) for each in uses],
        tools=[tool_json(tool, now) for tool in await served.app.tools()],
    )


def _kind(context: ApiContext) -> str:
    scheme = context.settings.values.get("ATTEST_DATABASE_URL", "").partition(":")[0]
    return "postgresql" if scheme.startswith("postgres") else "sqlite"


def _waiting(row: RunRow) -> dict[str, Any]:
    return {"run_id": row.id, "user": row.options.user, "question": row.question, "since": row.updated}
