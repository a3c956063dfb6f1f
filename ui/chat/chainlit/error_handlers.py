"""Answer an AttestError in a route of Chainlit with its words, in place of a bare 500."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.errors import AttestError
from ui.server.web.problems import of_error


def add_error_handlers(app: FastAPI) -> None:
    """Handle every AttestError of an application, also one that Chainlit wrapped."""
    app.add_exception_handler(AttestError, _attest_error)
    app.add_exception_handler(HTTPException, _wrapped_error)


async def _attest_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, AttestError)  # noqa: S101  # it is registered for this class
    return of_error(error)


async def _wrapped_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as above
    if isinstance(cause := error.__cause__, AttestError):
        return of_error(cause)
    return await http_exception_handler(request, error)
