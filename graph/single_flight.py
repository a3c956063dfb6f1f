"""Let equal calls that are made at the same time be one call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Share what is under way; use it in one event loop.

    The first to ask for a key leads: its own task makes the call, so nothing is left running without it.
    """

    def __init__(self) -> None:
        self._landings: dict[str, asyncio.Future[T]] = {}

    def flies(self, key: str) -> bool:
        """Tell whether a call for this key is under way."""
        return key in self._landings

    async def join(self, key: str, make: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """Return what the one call of all who ask for `key` brought, and whether it was made here.

        Its exception reaches them all. When the leader is cancelled, a follower makes the call instead.
        """
        while (landing := self._landings.get(key)) is not None:
            await asyncio.wait((landing,))  # awaiting it would cancel it with whoever awaits it
            if not landing.cancelled():
                return landing.result(), False
        return await self._lead(key, make), True

    async def _lead(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        landing: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._landings[key] = landing
        try:
            result = await make()
        except asyncio.CancelledError:
            landing.cancel()
            raise
        except BaseException as error:
            landing.set_exception(error)
            landing.exception()  # without followers nobody else would take note of it
            raise
        else:
            landing.set_result(result)
            return result
        finally:
            del self._landings[key]
