"""Answer GET /health and GET /ready: does this process run, and can it work?"""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus

from fastapi import APIRouter, Response
from pydantic import BaseModel

from graph.errors import AttestError, Misconfigured
from graph.health.machine_health import read_policies
from graph.people.policy_access import Access
from guards.visible_text import one_line
from ui.server.web.api_context import ApiContext
from ui.server.web.callers import Context
from ui.server.web.readiness_cache import Ready

router = APIRouter(tags=["operation"])

KEPT_SECONDS = 1.0
"""How many seconds an answer of /ready is reused: frequent probes must not keep the database busy."""
PATIENCE_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


class Health(BaseModel):
    """Show that the process runs."""

    status: str = "ok"


@router.get("/health")
async def get_health() -> Health:
    """Say that this process lives; nothing is looked at."""
    return Health()


@router.get("/ready", responses={503: {"model": Ready, "description": "Something cannot be used."}})
async def get_ready(response: Response, context: Context) -> Ready:
    """Read and write the database, look for the home, and read the policies."""
    found = await check_readiness(context)
    if not found.ready:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    return found


async def check_readiness(context: ApiContext) -> Ready:
    """Return what can be used; the first check records which database and home are the right ones."""
    kept = context.readiness
    async with kept.lock:
        now = context.clock()
        if kept.found is None or not 0 <= now - kept.at < KEPT_SECONDS:
            checks = {
                "database": await _database(context),
                "home": await asyncio.to_thread(_home, context),
                "policies": await asyncio.to_thread(_policies, context),
            }
            kept.found = Ready(ready=all(each == "ok" for each in checks.values()), checks=checks)
            kept.at = now
        return kept.found


async def _database(context: ApiContext) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await context.served().app.check()
    except RuntimeError:
        return "it is not open: the server starts or ends"
    except TimeoutError:
        return f"it did not answer within {PATIENCE_SECONDS:.0f} seconds: see the log"
    except Misconfigured as error:
        _LOG.warning("the database is not ready: %s", one_line(str(error)))
        return "it was removed or replaced since the start: see the log"
    except Exception as error:  # noqa: BLE001  # whatever it is, the answer is that it is not ready
        _LOG.warning("the database is not ready: %s", one_line(f"{type(error).__name__}: {error}"))
        return "it cannot be read and written: see the log"
    return "ok"


def _home(context: ApiContext) -> str:
    if context.home.is_there():
        return "ok"
    _LOG.warning("the home %s was removed or replaced: put it back, or start again", context.settings.home)
    return "it was removed or replaced since the start: see the log"


def _policies(context: ApiContext) -> str:
    try:
        read_policies(context.settings.policies, context.clock)
        Access(context.settings.policies, clock=context.clock)
    except AttestError as error:
        _LOG.warning("the policies cannot be used: %s", one_line(str(error)))
        return "they cannot be read: see the log; those read before stay in force"
    return "ok"
