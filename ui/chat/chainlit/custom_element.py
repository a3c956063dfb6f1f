"""Elements of our own on the page."""

from __future__ import annotations

import asyncio

import chainlit as cl
from chainlit.data import get_data_layer

_KEEPING: set[asyncio.Task[object]] = set()


class Drawn(cl.CustomElement):
    """Draw one of `ui/public/elements`: what it shows goes with it, so its session keeps no file of it.

    Chainlit writes that file anew each time, and the element waits for a thread to do so.
    """

    async def _create(self, persist: bool = True) -> bool:  # noqa: FBT001, FBT002  # Chainlit's own signature
        if persist and (layer := get_data_layer()):
            keeping: asyncio.Task[object] = asyncio.create_task(layer.create_element(self))
            _KEEPING.add(keeping)
            keeping.add_done_callback(_KEEPING.discard)
        self.chainlit_key = self.id
        self.persisted = True
        return True
