"""Keep one session with an MCP server, and open it again when it was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio
from mcp import ClientSession, McpError
from mcp.types import CONNECTION_CLOSED, CallToolResult, PaginatedRequestParams, Tool
from pydantic import ValidationError

from graph.errors import Unavailable, Unusable
from guards.outside_text import plain
from tools.mcp.answer_limits import MOST_BYTES, MOST_TOOLS
from tools.mcp.mcp_settings import McpServer
from tools.mcp.mcp_transport import open_client_session

START_SECONDS = 30.0
CLOSE_SECONDS = 10.0
_MOST_PAGES = 100
_JUDGED = ("name", "title", "description", "inputSchema", "annotations")
_SESSION_UNKNOWN = 32600  # what the client makes of a 404: the server was started anew
_LONGEST_REASON = 200

_TOO_LONG = f"the MCP server {{}} answered with more than {MOST_BYTES // 1024**2} MB: ask for less"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """Hold the task that opens a session, keeps it and closes it: all three must happen in one task.

    `over` is done once an answer was too long, and `listed` holds the tools that the server listed last.
    """

    ready: asyncio.Future[ClientSession]
    over: asyncio.Future[None]
    leave: asyncio.Event
    task: asyncio.Task[None]
    listed: dict[str, Tool] = field(default_factory=dict)


class McpSession:
    """Talk to a server; use it in one event loop."""

    def __init__(self, server: McpServer) -> None:
        self.server = server
        self._owner: _Owner | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def tools(self) -> tuple[Tool, ...]:
        """Return the tools of the server; raises Unavailable, or Unusable for an invalid list."""
        owner = await self._opened()
        try:
            async with asyncio.timeout(START_SECONDS):
                return await self._list(owner)
        except TimeoutError:
            self._lose(owner)
            late = f"did not list its tools within {START_SECONDS:g} s"
            raise Unavailable(f"the MCP server {self.server.name} {late}") from None

    async def _list(self, owner: _Owner) -> tuple[Tool, ...]:
        listed: list[Tool] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            page = await self._asked(
                owner, owner.ready.result().list_tools(params=PaginatedRequestParams(cursor=cursor))
            )
            listed += page.tools
            cursor = page.nextCursor
            if not cursor or len(listed) > MOST_TOOLS:
                break
        if cursor or len(listed) > MOST_TOOLS:
            raise Unusable(f"{self.server.name} lists more than {MOST_TOOLS:,} tools or {_MOST_PAGES} pages")
        owner.listed.clear()
        for tool in listed:
            owner.listed.setdefault(tool.name, tool)
        return tuple(owner.listed.values())

    async def call(self, tool: Tool, arguments: Mapping[str, object]) -> CallToolResult:
        """Call a tool as it was listed; raises Unavailable when the server is lost.

        Raises Unusable when the server does not take the call, or lists the tool otherwise by now: it may
        have been started anew.

        A call that is cancelled ends here and leaves the session as it was; the server may go on with it.
        """
        owner = await self._opened()
        if not owner.listed:
            await self._list(owner)
        now = owner.listed.get(tool.name)
        if now is None or not is_same(now, tool):
            raise Unusable(
                f"the MCP server {self.server.name} has not the {tool.name} any more that was listed"
            )
        return await self._asked(owner, owner.ready.result().call_tool(tool.name, dict(arguments)))

    async def close(self) -> None:
        """End the session and its process."""
        if self._owner is not None:
            self._owner.leave.set()
            self._owner = None
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _opened(self) -> _Owner:
        """Return the owner of an open session; a call cancelled here leaves the opening to the next."""
        owner = self._owner
        if owner is None or owner.task.done():
            owner = self._owner = self._start()
        waited: set[asyncio.Future[Any]] = {owner.ready, owner.task}
        await asyncio.wait(waited, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not owner.ready.done() or owner.task.done():
            reason = _why(owner.task)
            self._lose(owner)
            owner.task.cancel()
            raise Unavailable(f"the MCP server {self.server.name} {reason}")
        return owner

    def _start(self) -> _Owner:
        ready, over, leave = asyncio.Future[ClientSession](), asyncio.Future[None](), asyncio.Event()
        task = asyncio.create_task(self._own(ready, over, leave), name=f"mcp {self.server.name}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return _Owner(ready=ready, over=over, leave=leave, task=task)

    async def _own(
        self, ready: asyncio.Future[ClientSession], over: asyncio.Future[None], leave: asyncio.Event
    ) -> None:
        def too_long() -> None:
            if not over.done():
                over.set_result(None)
            leave.set()

        async with open_client_session(self.server, too_long) as session:
            await session.initialize()
            ready.set_result(session)
            await leave.wait()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # the calls that waited got it; asyncio need not report it again

    def _lose(self, owner: _Owner) -> None:
        """Let the next call open another session."""
        owner.leave.set()
        if self._owner is owner:
            self._owner = None

    async def _asked(self, owner: _Owner, answer: Coroutine[Any, Any, T]) -> T:
        name = self.server.name
        try:
            return await _unless_ended(owner, answer)
        except (anyio.ClosedResourceError, anyio.BrokenResourceError):
            self._lose(owner)
            if owner.over.done():
                raise Unusable(_TOO_LONG.format(name)) from None
            raise Unavailable(f"the MCP server {name} is gone") from None
        except McpError as error:
            if error.error.code in {CONNECTION_CLOSED, _SESSION_UNKNOWN}:
                self._lose(owner)
                raise Unavailable(f"the MCP server {name} is gone") from None
            said = plain(error.error.message[:_LONGEST_REASON])
            raise Unusable(f"the MCP server {name} did not take the call: {said}") from None
        except (ValidationError, RuntimeError):  # the client raises a RuntimeError for a broken output schema
            raise Unusable(f"the MCP server {name} answered in a shape that is not its own") from None


async def _unless_ended(owner: _Owner, answer: Coroutine[Any, Any, T]) -> T:
    """Wait for an answer as long as there is a session: a failed connection ends it without an error."""
    asking = asyncio.create_task(answer)
    first: set[asyncio.Future[Any]] = {asking, owner.task, owner.over}
    try:
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asking.cancel()
        await asyncio.wait({asking})
    if asking.cancelled() or owner.over.done():
        raise anyio.ClosedResourceError
    return asking.result()


def is_same(one: Tool, other: Tool) -> bool:
    """Tell whether two listed tools are equal in all that a person or a policy judges them by."""
    return all(getattr(one, name) == getattr(other, name) for name in _JUDGED)


def _why(task: asyncio.Task[None]) -> str:
    """Say why a session did not open."""
    if not task.done():
        return f"did not start within {START_SECONDS:g} s"
    error = None if task.cancelled() else task.exception()
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"cannot be reached ({plain(str(error))[:_LONGEST_REASON]})" if error else "ended at once"
