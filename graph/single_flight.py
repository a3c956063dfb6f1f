"""Let equal calls that are made at the same time share one call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Share the calls under way, within one event loop.

    The first to ask for a key makes the call in its own task, so that nothing runs without an owner.
    """

    def __init__(self) -> None:
        self._landings: dict[str, asyncio.Future[T]] = {}

    def flies(self, key: str) -> bool:
        """Tell whether a call for this key is under way."""
        return key in self._landings

    async def join(self, key: str, make: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
        """Return the result of the one call for `key`, and whether it was made here.

        Its exception reaches all who wait. If the caller that makes it is cancelled, another one makes it
        instead.
        """
        while (landing := self._landings.get(key)) is not None:
            await asyncio.wait((landing,))  # awaiting it directly would cancel it with the waiting task
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
            landing.exception()  # without followers nobody else would retrieve it
            raise
        else:
            landing.set_result(result)
            return result
        finally:
            del self._landings[key]
