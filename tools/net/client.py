"""Ask services over HTTP: replies come back read, and what goes wrong by its right name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, ValidationError

from graph.errors import Misconfigured, Unavailable, Unusable
from graph.records import Clock
from tools.net.endpoint import Endpoint

MOST_BYTES = 8 * 1024 * 1024
CONNECT_SECONDS = 5.0
AGENT = "Attest/0.1 (research agent"

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Ask for a path of a service; a `json` body makes it a POST."""

    path: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, object] | None = None


class Client:
    """Ask services, over connections that are kept; use it in one event loop and close it there."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._http: httpx.AsyncClient | None = None

    async def read(self, endpoint: Endpoint, request: Request, shape: type[R]) -> R:
        """Return the reply in its shape.

        Raises Unavailable (no answer, busy, garbage), Misconfigured (the key), or Unusable (the question).
        """
        body = await self.fetch(endpoint, request)
        try:
            return shape.model_validate_json(body)
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"])) or "its body"
            raise Unavailable(
                f"{_host(endpoint)} answered in a shape that is not its own ({where})"
            ) from None

    async def fetch(self, endpoint: Endpoint, request: Request) -> bytes:
        """Return the bytes of a reply; raises as `read` does."""
        try:
            async with self._opened().stream(
                "GET" if request.json is None else "POST",
                f"{endpoint.url}{request.path}",
                params=dict(request.params),
                headers={"user-agent": _agent(endpoint), **request.headers},
                json=request.json,
            ) as response:
                _check(endpoint, response, self._clock())
                return await _whole(endpoint, response)
        except httpx.InvalidURL:
            raise Misconfigured(f"ATTEST_{endpoint.name}_URL is no address: {endpoint.url!r}") from None
        except httpx.UnsupportedProtocol:
            raise Misconfigured(f"ATTEST_{endpoint.name}_URL must begin with https:// or http://") from None
        except httpx.HTTPError as error:
            raise Unavailable(f"{_host(endpoint)} {_reason(error)}") from error

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    def _opened(self) -> httpx.AsyncClient:
        if self._http is None:
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)  # the path of a call bounds the rest
            self._http = httpx.AsyncClient(http2=True, timeout=timeout)
        return self._http


async def _whole(endpoint: Endpoint, response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise Unusable(f"{_host(endpoint)} answered with more than {MOST_BYTES // 1024**2} MB")
    return bytes(body)


def _check(endpoint: Endpoint, response: httpx.Response, now: float) -> None:
    status = response.status_code
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return
    host, said = _host(endpoint), f"{status} {response.reason_phrase}".strip()
    limited = response.headers.get("x-ratelimit-remaining") == "0"
    wait = retry_after(response.headers, now)
    if status < HTTPStatus.BAD_REQUEST:
        raise Misconfigured(f"{host} has moved ({said}): correct ATTEST_{endpoint.name}_URL")
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} and endpoint.key and not limited:
        raise Misconfigured(f"{host} refused the key ({said}): correct ATTEST_{endpoint.name}_KEY")
    busy = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in busy or limited or wait is not None:
        raise Unavailable(f"{host} answered {said}", retry_after=wait)
    if status == HTTPStatus.UNAUTHORIZED:
        raise Misconfigured(f"{host} wants a key ({said}): set ATTEST_{endpoint.name}_KEY")
    if status == HTTPStatus.FORBIDDEN:
        raise Unavailable(f"{host} answered {said}")
    raise Unusable(f"{host} did not take the question ({said})")


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return how many seconds a reply asks to wait (RFC 9110, 10.2.3; x-ratelimit-reset as GitHub has it)."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        reset = headers.get("x-ratelimit-reset", "")
        spent = headers.get("x-ratelimit-remaining") == "0" and reset.isascii() and reset.isdigit()
        return max(0.0, float(reset) - now) if spent else None


def _agent(endpoint: Endpoint) -> str:
    return f"{AGENT}; {endpoint.contact})" if endpoint.contact else f"{AGENT})"


def _host(endpoint: Endpoint) -> str:
    return urlsplit(endpoint.url).netloc or endpoint.url


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
