"""Put the routes together into one application."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI

from ui.server.web import (
    api_docs,
    event_stream,
    installation_status,
    metrics_route,
    probes,
    report_route,
    run_control,
    run_list,
    start_run,
)
from ui.server.web.api_context import ApiContext
from ui.server.web.api_forms import ProblemShown
from ui.server.web.problems import MEDIA_TYPE, answer_problems

_PROBES: tuple[APIRouter, ...] = (probes.router, metrics_route.router, api_docs.router)
_CALLED: tuple[APIRouter, ...] = (
    start_run.router,
    run_list.router,
    event_stream.router,
    run_control.router,
    report_route.router,
    installation_status.router,
)
_SCHEMA = {"content": {MEDIA_TYPE: {"schema": ProblemShown.model_json_schema()}}}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "It cannot be read.", **_SCHEMA},
    401: {"description": "Nobody is known to call.", **_SCHEMA},
    402: {"description": "No budget is left.", **_SCHEMA},
    403: {"description": "The caller may not do this.", **_SCHEMA},
    404: {"description": "There is no such thing, or it is another person's.", **_SCHEMA},
    409: {"description": "It does not fit how things stand.", **_SCHEMA},
    413: {"description": "The request is too large.", **_SCHEMA},
    422: {"description": "Something in it is wrong.", **_SCHEMA},
    429: {"description": "That was one request too many.", **_SCHEMA},
    503: {"description": "A service does not answer; ask again.", **_SCHEMA},
}


def api(context: ApiContext) -> FastAPI:
    """Return the application over a context; its paths are whole, from `/health` to `/api/…`."""
    app = FastAPI(
        title="Attest",
        version=version("attest"),
        description="Research you can check. Every failure is a problem of RFC 9457, in one line.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
    )
    app.state.context = context
    answer_problems(app)
    for router in _PROBES:
        app.include_router(
            router, responses={401: _PROBLEMS[401]} if router is metrics_route.router else None
        )
    for router in _CALLED:
        app.include_router(router, responses=_PROBLEMS)
    return app
