"""The HTTP transport, with a limit on the length of answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx
from langchain_mcp_adapters.sessions import McpHttpClientFactory

from tools.mcp.answer_limits import MOST_BYTES

_ENDS = (b"\n\n", b"\r\n\r\n", b"\r\r")
"""What ends an event of a stream: the next one is counted anew."""


def bounded_client_factory(over: Callable[[], None]) -> McpHttpClientFactory:
    """Return a factory of clients whose answers end at MOST_BYTES; `over` is called for a longer one.

    A compressed answer is refused, because a small one could grow to any size at once.
    """

    async def watched(response: httpx.Response) -> None:
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if packed not in {"", "identity"}:
            over()
            raise httpx.DecodingError("the server packed its answer, which it was not asked to")
        if isinstance(response.stream, httpx.AsyncByteStream):
            events = response.headers.get("content-type", "").startswith("text/event-stream")
            response.stream = _Bounded(response.stream, over, events=events)

    def client(
        headers: dict[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
        auth: httpx.Auth | None = None,
    ) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            headers={**(headers or {}), "Accept-Encoding": "identity"},
            timeout=timeout,
            auth=auth,
            event_hooks={"response": [watched]},
        )

    return client


class _Bounded(httpx.AsyncByteStream):
    """Pass a body on up to the limit; in a stream of events each one is counted."""

    def __init__(self, body: httpx.AsyncByteStream, over: Callable[[], None], *, events: bool) -> None:
        self._body, self._over, self._events = body, over, events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces of the body; raises httpx.ReadError at the limit."""
        length = 0
        async for piece in self._body:
            ended = max(piece.rfind(end) for end in _ENDS) if self._events else -1
            length = len(piece) - ended if ended >= 0 else length + len(piece)
            if length > MOST_BYTES:
                self._over()
                raise httpx.ReadError("the answer is too long")
            yield piece

    async def aclose(self) -> None:
        """Close the body."""
        await self._body.aclose()
