"""Open a session with a server over either transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from langchain_mcp_adapters.sessions import create_session
from mcp import ClientSession

from tools.mcp.http_transport import bounded_client_factory
from tools.mcp.mcp_settings import McpServer
from tools.mcp.stdio_transport import stdio_streams


@asynccontextmanager
async def open_client_session(server: McpServer, over: Callable[[], None]) -> AsyncIterator[ClientSession]:
    """Yield a session that is not initialized yet; `over` is called for an answer that is too long."""
    connection = server.connection
    if connection["transport"] == "stdio":
        async with stdio_streams(connection, over) as (hear, say), ClientSession(hear, say) as session:
            yield session
    elif connection["transport"] == "streamable_http":
        connection = {**connection, "httpx_client_factory": bounded_client_factory(over)}
        async with create_session(connection) as session:
            yield session
