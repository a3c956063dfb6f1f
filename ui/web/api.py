"""Put the routes together into one application."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI

from ui.web import (
    asking,
    listening,
    listing,
    measuring,
    page,
    probes,
    reading,
    status,
    steering,
)
from ui.web.desk import Desk
from ui.web.forms import ProblemShown
from ui.web.problems import MEDIA_TYPE, answer_problems

_PROBES: tuple[APIRouter, ...] = (probes.router, measuring.router, page.router)
_CALLED: tuple[APIRouter, ...] = (
    asking.router,
    listing.router,
    listening.router,
    steering.router,
    reading.router,
    status.router,
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


def api(desk: Desk) -> FastAPI:
    """Return the application over a desk; its paths are whole, from `/health` to `/api/…`."""
    app = FastAPI(
        title="Attest",
        version=version("attest"),
        description="Research you can check. Every failure is a problem of RFC 9457, in one line.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,
    )
    app.state.desk = desk
    answer_problems(app)
    for router in _PROBES:
        app.include_router(router, responses={401: _PROBLEMS[401]} if router is measuring.router else None)
    for router in _CALLED:
        app.include_router(router, responses=_PROBLEMS)
    return app
