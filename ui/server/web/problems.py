"""Answer errors as problem details (RFC 9457): one line that says what is wrong and what to do."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.errors import AttestError, Exhausted, Misconfigured, Refused, Unavailable, Unusable
from guards.visible_text import one_line
from ui.server.security.concurrency_limit import TooManyAtOnce

MEDIA_TYPE = "application/problem+json"
MOST_DETAIL = 1_000
RETRY_SECONDS = 5

_STATUS: dict[type[AttestError], HTTPStatus] = {
    TooManyAtOnce: HTTPStatus.TOO_MANY_REQUESTS,
    Refused: HTTPStatus.CONFLICT,
    Misconfigured: HTTPStatus.INTERNAL_SERVER_ERROR,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Unusable: HTTPStatus.UNPROCESSABLE_ENTITY,
    Exhausted: HTTPStatus.PAYMENT_REQUIRED,
}
_LOG = logging.getLogger(__name__)


class Problem(Exception):
    """Answer a request with a status and a line."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


def answer(
    status: int, detail: str, headers: Mapping[str, str] | None = None, *, media_type: str = MEDIA_TYPE
) -> Response:
    """Return problem details with control characters made visible."""
    known = {each.value: each.phrase for each in HTTPStatus}
    body = {
        "type": "about:blank",
        "title": known.get(status, "Error"),
        "status": status,
        "detail": one_line(detail)[:MOST_DETAIL],
    }
    return Response(json.dumps(body), status, headers=dict(headers or {}), media_type=media_type)


def of_error(error: AttestError) -> Response:
    """Return the HTTP problem of an error of Attest; an error that an operator must fix goes to the log."""
    status = next((found for kind, found in _STATUS.items() if isinstance(error, kind)), None)
    if status in {None, HTTPStatus.INTERNAL_SERVER_ERROR}:
        _LOG.error("%s", one_line(str(error)))
        return answer(500, "this installation cannot do it: its operator finds the reason in the log")
    headers = {}
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(math.ceil(error.retry_after or RETRY_SECONDS))
    return answer(status or 500, str(error), headers)


def answer_problems(app: FastAPI) -> None:
    """Let an application answer every failure in this form."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(AttestError, _error)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def answer_chat_problems(app: FastAPI) -> None:
    """Let Chainlit's routes answer errors in one line, as the chat page shows them."""
    app.add_exception_handler(AttestError, _error_of_chat)
    app.add_exception_handler(RequestValidationError, _invalid_of_chat)


async def _error_of_chat(request: Request, error: Exception) -> Response:
    return _for_page(await _error(request, error))


async def _invalid_of_chat(request: Request, error: Exception) -> Response:
    return _for_page(await _invalid(request, error))


def _for_page(response: Response) -> Response:
    response.headers["content-type"] = "application/json"
    return response


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # what it is registered for
    return answer(error.status, error.detail, error.headers)


async def _error(_: Request, error: Exception) -> Response:
    assert isinstance(error, AttestError)  # noqa: S101  # as above
    return of_error(error)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as above
    return answer(error.status_code, str(error.detail), error.headers)


async def _invalid(_: Request, error: Exception) -> Response:
    """Name the first error without repeating what was sent."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  # as above
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return answer(422, f"{where}: {first['msg']}: see /api/docs")


async def _unexpected(_: Request, __: Exception) -> Response:
    return answer(500, "something failed here: its operator finds the reason in the log")
