"""Connect to the MCP servers of a settings file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from graph.errors import Misconfigured, Unavailable, Unusable
from graph.records import Clock
from graph.tool import Tool
from tools.mcp.mcp_session import McpSession
from tools.mcp.mcp_settings import read_servers
from tools.mcp.mcp_tool import McpTool


@asynccontextmanager
async def mcp_tools(
    path: Path, *, environ: Mapping[str, str], clock: Clock
) -> AsyncIterator[tuple[Tool, ...]]:
    """Keep a session with every server of a file, and yield their tools; `environ` fills in `${NAME}`.

    Raises Misconfigured for a file that cannot be read, or a server that does not start.
    """
    sessions = [McpSession(server) for server in read_servers(path, environ)]
    try:
        yield await _all(path, sessions, clock)
    finally:
        await asyncio.gather(*(session.close() for session in sessions))


async def _all(path: Path, sessions: Sequence[McpSession], clock: Clock) -> tuple[Tool, ...]:
    """Ask all servers at once and wait for all: a start that is cancelled half-way would leave a process."""
    offered = await asyncio.gather(
        *(_tools(path, session, clock) for session in sessions), return_exceptions=True
    )
    tools: list[Tool] = []
    for some in offered:
        if isinstance(some, BaseException):
            raise some
        tools += some
    return tuple(tools)


async def _tools(path: Path, session: McpSession, clock: Clock) -> tuple[Tool, ...]:
    try:
        listed = await session.tools()
    except (Unavailable, Unusable) as error:
        raise Misconfigured(f"{path}: {error}; correct or remove that server") from None
    made: dict[str, Tool] = {}
    for one in listed:
        try:
            made.setdefault(one.name, McpTool(session, one, clock=clock))
        except Unusable:  # one unusable tool is no reason to lose the others
            continue
    return tuple(made.values())
