"""The client of one model, opened at its first call and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:  # half a second to import
    from langchain_core.language_models import BaseChatModel

    from tools.models.chat.model_arguments import ModelArguments

GARBAGE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What clients raise when they read a reply of the wrong shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedModel:
    """Hold a client: what to send with a prompt, which exceptions are its failures, and how it is closed.

    `native` says that it takes a JSON Schema; any other client gets the schema in its instruction.
    """

    client: BaseChatModel
    options: Callable[[ModelArguments], Mapping[str, Any]]
    faults: tuple[type[Exception], ...]
    close: Callable[[], Awaitable[None]] | None = None
    native: bool = False


class _Opened(Protocol):
    """Say how a client is closed, if it is."""

    @property
    def close(self) -> Callable[[], Awaitable[None]] | None: ...


T = TypeVar("T", bound=_Opened)


class ModelClient(Generic[T]):
    """Open a client once; use it in one event loop and close it there."""

    def __init__(self, connect: Callable[[], T]) -> None:
        self._connect = connect
        self._opened: T | None = None
        self._opening = asyncio.Lock()

    async def opened(self) -> T:
        """Return the client; its libraries take a second to import, so that is done in a thread."""
        async with self._opening:
            if self._opened is None:
                self._opened = await asyncio.to_thread(self._connect)
            return self._opened

    async def close(self) -> None:
        """Close the connections."""
        opened, self._opened = self._opened, None
        if opened and opened.close:
            await opened.close()
