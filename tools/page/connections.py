"""Send one request to a server: no redirect is followed here, and no body is read that is not asked for."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from graph.errors import Refused, Unavailable, Unusable
from guards.urls.fetchable import host_of, is_url_allowed
from tools.net.http_client import AGENT, CONNECT_SECONDS
from tools.page.inflate import ENCODINGS, BrokenEncoding, inflate
from tools.page.pinned_backend import PinnedBackend, Resolve

READ_SECONDS = 10.0
_MOST_CONNECTIONS = 64
_KEPT = 16
_KEPT_SECONDS = 15.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_ACCEPTED = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/*;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResponse:
    """Hold the head of a reply whose body can still be read; `url` is in ASCII, without a fragment."""

    url: str
    status: int
    headers: httpx.Headers
    stream: httpcore.Response

    @property
    def host(self) -> str:
        """Return the name of the server."""
        return host_of(self.url)

    @property
    def moved(self) -> str | None:
        """Return the address it redirects to, absolute and without a fragment."""
        target = str(self.headers.get("location", "")).strip()
        if self.status not in _MOVED or not target:
            return None
        try:
            return urljoin(self.url, target.replace(" ", "%20")).partition("#")[0]
        except ValueError:
            raise Unusable(f"{self.host} redirects to what is no address") from None

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the decoded body; raises Unavailable when it breaks off or cannot be decoded."""
        try:
            unpack = inflate(self.headers.get("content-encoding", ""))
            async for piece in self.stream.aiter_stream():
                for part in unpack.feed(piece):
                    yield part
            unpack.finish()
        except BrokenEncoding as error:
            raise Unavailable(f"{self.host} {error}") from error


class Connections:
    """Ask servers of the public Internet, and private ones an operator opened; close it in its event loop.

    A proxy named in the environment is not used: it would look names up where nobody judges the answer.
    """

    def __init__(
        self,
        *,
        look_up: Resolve,
        private_hosts: Collection[str] = (),
        contact: str = "",
        tls: ssl.SSLContext | None = None,
        patience: float = READ_SECONDS,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._backend = PinnedBackend(look_up, private_hosts, network)
        self._private_hosts = private_hosts
        self._agent = f"{AGENT}; {contact})" if contact else f"{AGENT})"
        self._tls = tls
        self._waits = {"connect": CONNECT_SECONDS, "read": patience, "write": patience, "pool": patience}
        self._pool: httpcore.AsyncConnectionPool | None = None

    def judge(self, url: str) -> None:
        """Raise Refused unless an address may be fetched; a name is judged again when it is looked up."""
        decision = is_url_allowed(url, self._private_hosts)
        if not decision.allowed:
            raise Refused(decision.reason)

    @asynccontextmanager
    async def ask(self, url: str) -> AsyncIterator[PageResponse]:
        """Open a reply; raises Refused, Unavailable or Unusable, also while its body is read."""
        self.judge(url)
        host = host_of(url)
        wire = _wire(url, host)
        try:
            async with self._opened().stream("GET", _target(wire), **self._request(wire)) as stream:
                headers = httpx.Headers(stream.headers)
                yield PageResponse(url=str(wire), status=stream.status, headers=headers, stream=stream)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise _named(error, host) from error

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    def _request(self, wire: httpx.URL) -> dict[str, Any]:
        headers = {
            "host": wire.netloc.decode("ascii"),
            "user-agent": self._agent,
            "accept": _ACCEPTED,
            "accept-encoding": ENCODINGS,
        }
        return {"headers": headers, "extensions": {"timeout": self._waits}}

    def _opened(self) -> httpcore.AsyncConnectionPool:
        if self._pool is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=self._tls or httpx.create_ssl_context(trust_env=False),
                max_connections=_MOST_CONNECTIONS,
                max_keepalive_connections=_KEPT,
                keepalive_expiry=_KEPT_SECONDS,
                http2=True,
                network_backend=self._backend,
            )
        return self._pool


def _wire(url: str, host: str) -> httpx.URL:
    """Return an address as it is sent: with the host in the form that was judged."""
    try:
        return httpx.URL(url).copy_with(host=host, fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise Unusable(f"the address on {host} cannot be asked for: correct it") from None


def _target(wire: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=wire.raw_scheme, host=wire.raw_host, port=wire.port, target=wire.raw_path)


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _named(error: Exception, host: str) -> Unavailable | Unusable:
    if any(isinstance(argument, ssl.SSLCertVerificationError) for argument in error.args):
        return Unusable(f"the certificate of {host} cannot be trusted")
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return Unavailable(f"{host} cannot be reached")
    if isinstance(error, httpcore.TimeoutException):
        return Unavailable(f"{host} did not answer in time")
    return Unavailable(f"{host} broke off")
