"""Answer in words where a route of Chainlit's meets an error of ours: it would say 500, or nothing."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.errors import AttestError
from ui.server.web.problems import of_error


def answer_refusals(app: FastAPI) -> None:
    """Let an application say what an error of this house means, raised as it is or wrapped by Chainlit."""
    app.add_exception_handler(AttestError, _ours)
    app.add_exception_handler(HTTPException, _wrapped)


async def _ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, AttestError)  # noqa: S101  # what it is registered for
    return of_error(error)


async def _wrapped(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as above
    if isinstance(cause := error.__cause__, AttestError):
        return of_error(cause)
    return await http_exception_handler(request, error)
