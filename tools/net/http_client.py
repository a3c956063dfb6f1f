"""Ask services over HTTP: return replies in their shape, and raise the right error for a failure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from graph.errors import Misconfigured, Unavailable, Unusable
from graph.records import Clock
from tools.net.endpoint import Endpoint
from tools.net.http_reply import Fault, Reply, host_and_port, reply_error

MOST_BYTES = 8 * 1024 * 1024
MOST_ERROR_BYTES = 64 * 1024
CONNECT_SECONDS = 5.0
AGENT = "Attest/0.1 (research agent"
HIGHEST_PORT = 65_535

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Ask for a path of a service; a `json` body makes it a POST.

    `faults` are the errors of this service that its operator must correct.
    """

    path: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, object] | None = None
    faults: tuple[Fault, ...] = ()


class HttpClient:
    """Ask services over kept connections; use it in one event loop and close it there."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._http: httpx.AsyncClient | None = None

    async def read(self, endpoint: Endpoint, request: Request, shape: type[R]) -> R:
        """Return the reply in its shape.

        Raises Unavailable (no answer, busy, garbage), Misconfigured (a setting), or Unusable (the question).
        """
        body = await self.fetch(endpoint, request)
        try:
            return shape.model_validate_json(body)
        except ValidationError as error:
            where = _where(error.errors()[0]["loc"])
            said = f"{host_and_port(endpoint)} answered in a shape that is not its own ({where})"
            raise Unavailable(said, reached=True) from None

    async def fetch(self, endpoint: Endpoint, request: Request) -> bytes:
        """Return the bytes of a reply; raises as `read` does."""
        url, headers = _url(endpoint, request), _headers(endpoint, request)
        try:
            async with self._opened().stream(
                "GET" if request.json is None else "POST",
                url,
                params=dict(request.params),
                headers=headers,
                json=request.json,
            ) as response:
                if response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
                    reply = await _reply(response, request.faults)
                    raise reply_error(endpoint, reply, self._clock(), request.faults)
                return await _whole(endpoint, response)
        except httpx.HTTPError as error:
            reached = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise Unavailable(f"{host_and_port(endpoint)} {_reason(error)}", reached=reached) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def _opened(self) -> httpx.AsyncClient:
        if self._http is None:
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)  # the call pipeline bounds the rest
            self._http = httpx.AsyncClient(http2=True, timeout=timeout)
        return self._http


def _url(endpoint: Endpoint, request: Request) -> httpx.URL:
    """Return the whole address; raise Misconfigured for one that no connection can be made to."""
    try:
        url = httpx.URL(f"{endpoint.url}{request.path}")
        sound = url.scheme in {"http", "https"} and url.host and (url.port or 1) <= HIGHEST_PORT
    except (httpx.InvalidURL, UnicodeError):
        sound = False
    if not sound:
        raise Misconfigured(f"ATTEST_{endpoint.name}_URL is no address: write it as https://host")
    return url


def _headers(endpoint: Endpoint, request: Request) -> dict[str, str]:
    """Return the headers; raise Misconfigured where a setting cannot stand in one."""
    agent = f"{AGENT}; {endpoint.contact})" if endpoint.contact else f"{AGENT})"
    # Brotli may grow a millionfold in one step, before the limit on bytes is checked.
    headers = {"user-agent": agent, "accept-encoding": "gzip", **request.headers}
    if not all(map(_is_plain, headers.values())):
        setting = "ATTEST_CONTACT" if not _is_plain(agent) else f"ATTEST_{endpoint.name}_KEY"
        raise Misconfigured(f"{setting} holds signs no header can carry: write it in ASCII")
    return headers


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()


async def _whole(endpoint: Endpoint, response: httpx.Response) -> bytes:
    body = await _begin(response, MOST_BYTES)
    if len(body) > MOST_BYTES:
        raise Unusable(f"{host_and_port(endpoint)} answered with more than {MOST_BYTES // 1024**2} MB")
    return body


async def _reply(response: httpx.Response, faults: tuple[Fault, ...]) -> Reply:
    """Return an error; read its body only for a fault that is recognised by its words."""
    speaks = any(fault.says and fault.status == response.status_code for fault in faults)
    body = await _begin(response, MOST_ERROR_BYTES) if speaks else b""
    return Reply(status=response.status_code, headers=response.headers, body=body)


async def _begin(response: httpx.Response, most: int) -> bytes:
    """Return a body, or its first bytes, more than `most`."""
    if response.headers.get("content-encoding", "identity").lower() not in {"identity", "gzip"}:
        raise httpx.DecodingError("an encoding that was not asked for")
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > most:
            break
    return bytes(body)


def _where(place: tuple[int | str, ...]) -> str:
    """Return where a reply breaks its shape; a key may be the service's words, which no message repeats."""
    return ".".join(str(part) for part in place if isinstance(part, int) or part.isidentifier()) or "its body"


def _reason(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ConnectTimeout() | httpx.ConnectError():
            return "cannot be reached"
        case httpx.TimeoutException():
            return "did not answer in time"
        case httpx.DecodingError():
            return "answered with bytes that cannot be decoded"
        case _:
            return "broke off"
