"""Turn a reply into the error it means, and read how long it asks to wait."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import zip_longest

import httpx

from graph.errors import AttestError, Misconfigured, Unavailable, Unusable
from tools.net.endpoint import Endpoint

_SECONDS = re.compile(r"[0-9]{1,9}")
_FIRST_TIME = 1e9  # a smaller x-ratelimit-reset is a wait, a greater one a time since the epoch
_BUSY = {HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Hold a reply that is an error; `headers` are looked up by their names in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Describe an error that an operator must correct: its status, and words in its body.

    `mend` follows the name of the host in the message: what is wrong, then what to do.
    """

    status: int
    mend: str
    says: str = ""


def reply_error(endpoint: Endpoint, reply: Reply, now: float, faults: Sequence[Fault] = ()) -> AttestError:
    """Return the error that a reply means: Misconfigured, Unavailable, or Unusable for this question."""
    # The phrase of the status line is the service's own words, which no message may repeat.
    said = f"{reply.status} {httpx.codes.get_reason_phrase(reply.status)}".strip()
    wait = retry_after(reply.headers, now)
    limited = wait is not None or bool(_spent(reply.headers))
    if mend := _named(reply, faults) or _mend(endpoint, reply.status, said, limited=limited):
        return Misconfigured(f"{host_and_port(endpoint)} {mend}")
    if limited or reply.status in _BUSY or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unavailable(f"{host_and_port(endpoint)} answered {said}", retry_after=wait)
    return Unusable(f"{host_and_port(endpoint)} did not take the question ({said})")


def host_and_port(endpoint: Endpoint) -> str:
    """Return host and port of a service, without the name and password an address may hold."""
    return httpx.URL(endpoint.url).netloc.decode("ascii")


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return how many seconds a reply asks to wait, or None.

    It reads Retry-After (RFC 9110, 10.2.3), else x-ratelimit-reset once x-ratelimit-remaining is 0: a time as
    GitHub has it, or seconds as Brave has them.
    """
    said = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    try:
        date = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return max((_seconds(reset, now) for reset in _spent(headers) if reset), default=None)
    # The oldest of the three forms of a date names no zone; every form means GMT.
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)


def _spent(headers: Mapping[str, str]) -> list[str]:
    """Return the resets of the windows without a request left; an empty text where none is given.

    Brave names several windows, separated by commas; a window with a limit of 0 does not exist.
    """
    columns = (
        [part.strip() for part in headers.get(f"x-ratelimit-{name}", "").split(",")]
        for name in ("limit", "remaining", "reset")
    )
    rows = zip_longest(*columns, fillvalue="")
    spent = [reset for limit, left, reset in rows if left == "0" and limit != "0"]
    return [reset if reset.isascii() and reset.isdigit() else "" for reset in spent]


def _seconds(reset: str, now: float) -> float:
    return float(reset) if float(reset) < _FIRST_TIME else max(0.0, float(reset) - now)


def _named(reply: Reply, faults: Sequence[Fault]) -> str:
    known = (f.mend for f in faults if f.status == reply.status and f.says.encode() in reply.body)
    return next(known, "")


def _mend(endpoint: Endpoint, status: int, said: str, *, limited: bool) -> str:
    """Return what the operator must correct, or nothing."""
    if status < HTTPStatus.BAD_REQUEST:
        return f"has moved ({said}): correct ATTEST_{endpoint.name}_URL"
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return f"wants to be paid ({said}): look after the plan it is asked under"
    if limited or status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return ""
    if endpoint.key:
        return f"refused the key ({said}): correct ATTEST_{endpoint.name}_KEY"
    wants = status == HTTPStatus.UNAUTHORIZED
    return f"wants a key ({said}): set ATTEST_{endpoint.name}_KEY" if wants else ""
