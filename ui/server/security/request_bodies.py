"""Limit the size of a body while it is read, and check it against its form."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import HTTPException
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope

from ui.server.security.http_forms import CheckedForm
from ui.server.web.problems import Problem

MOST_FIELDS = 32
_MB = 1_048_576


def limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """Return a reader of at most so many bytes; raises Problem 413 at once for a longer Content-Length."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if length.isdigit() and int(length[:20]) > most:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large(most))
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            # An HTTPException alone is what no framework takes for a body that it cannot read.
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large(most))
        return message

    return counted


def too_large(most: int) -> str:
    """Say how much may be sent."""
    size = f"{most // _MB} MB" if most >= _MB else f"{most // 1024} KB"
    return f"this is too large: at most {size} are taken"


async def whole(receive: Receive) -> bytes:
    """Return a body."""
    pieces, more = [], True
    while more:
        message = await receive()
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False) and message["type"] == "http.request"
    return b"".join(pieces)


def checked(form: type[CheckedForm], body: bytes) -> CheckedForm:
    """Read a body as its form; raises Problem 422 that names the first thing that is wrong."""
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        raise _wrong(error) from None


def asked(form: type[CheckedForm], query: bytes) -> CheckedForm:
    """Parse the query string; raises Problem 422."""
    try:
        fields = dict(parse_qsl(query.decode("ascii"), max_num_fields=MOST_FIELDS, errors="strict"))
        return form.model_validate(fields)
    except ValidationError as error:
        raise _wrong(error) from None
    except ValueError:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "the address cannot be read: reload the page"
        ) from None


def rewritten(scope: Scope, receive: Receive, form: CheckedForm) -> Receive:
    """Return a reader of the checked body, in place of the body as it was sent."""
    body = form.model_dump_json(by_alias=True, exclude_unset=True).encode()
    kept = [each for each in scope["headers"] if each[0] not in _OF_BODY]
    said = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    scope["headers"] = [*kept, *said]
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return messages.pop() if messages else await receive()

    return again


def query_of(form: CheckedForm) -> bytes:
    """Return a checked query string."""
    fields: dict[str, Any] = form.model_dump(by_alias=True, exclude_unset=True)
    return urlencode(fields).encode()


_OF_BODY = frozenset({b"content-type", b"content-length", b"content-encoding", b"transfer-encoding"})


def _wrong(error: ValidationError) -> Problem:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{where or 'the body'}: {first['msg']}: reload the page")
