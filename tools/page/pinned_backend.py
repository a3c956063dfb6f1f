"""Connect only to an address that was judged: a name is looked up once, and the same answer is used."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from ipaddress import ip_address

import httpcore

from graph.errors import Refused, Unavailable, Unusable
from guards.urls.fetchable import is_address_allowed, is_host_opened
from tools.page.own_address import is_own_address

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Return the addresses of a host, best first; raises OSError."""
IsOwn = Callable[[str], bool]
"""Tell whether an address is one of this machine's."""

_MOST_TRIED = 4
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Look a host up as the operating system does."""
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Open the connections of a pool; the pool, TLS and the Host header use the name of the host.

    A name is looked up here and nowhere else, so no second answer can differ from the one that was judged. If
    one answer is not public, or is this machine's own, all are refused.
    """

    def __init__(
        self,
        look_up: Resolve,
        private_hosts: Collection[str] = (),
        network: httpcore.AsyncNetworkBackend | None = None,
        is_own: IsOwn | None = None,
    ) -> None:
        self._is_own = is_own or is_own_address
        self._look_up = look_up
        self._private_hosts = private_hosts
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the pool's protocol has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers; raises Refused, Unavailable, Unusable or httpcore's."""
        *others, last = await self._checked(host, port)
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
        return await self._network.connect_tcp(last, port, timeout, local_address, socket_options)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = [host] if _is_literal(host) else await self._found(host, port)
        if not is_host_opened(host, port, self._private_hosts):
            for address in addresses:
                self._judge(host, address)
        return addresses[:_MOST_TRIED]

    def _judge(self, host: str, address: str) -> None:
        decision = is_address_allowed(address)
        if not decision.allowed:
            raise Refused(f"{host}: {decision.reason}")
        if self._is_own(address):
            raise Refused(f"{host}: {address} is this machine itself: an operator can open a host by name")

    async def _found(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._look_up(host, port)
        except socket.gaierror as error:
            if error.errno in _NO_SUCH_NAME:
                raise Unusable(f"there is no host {host}: correct the address") from error
            raise Unavailable(f"{host} cannot be looked up") from error
        except OSError as error:
            raise Unavailable(f"{host} cannot be looked up") from error
        if not addresses:
            raise Unusable(f"{host} has no address: correct it")
        return addresses


def _is_literal(host: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(host))
    return False
