"""The stdio transport: a process of this machine, with a limit on the length of its messages."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import anyio
from anyio.abc import Process
from anyio.streams.buffered import BufferedByteReceiveStream
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from langchain_mcp_adapters.sessions import StdioConnection
from mcp.client.stdio import PROCESS_TERMINATION_TIMEOUT, get_default_environment
from mcp.os.posix.utilities import terminate_posix_process_tree
from mcp.shared.message import SessionMessage
from mcp.types import JSONRPCMessage
from pydantic import ValidationError

from tools.mcp.answer_limits import MOST_BYTES

Heard = MemoryObjectSendStream[SessionMessage | Exception]
Streams = tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]]


@asynccontextmanager
async def stdio_streams(connection: StdioConnection, over: Callable[[], None]) -> AsyncIterator[Streams]:
    """Start a process and yield the streams of its messages; raises OSError where it does not start.

    A message longer than MOST_BYTES ends the stream, and `over` is called. The library's own client would
    keep all of it, and join it again with every piece.
    """
    process = await anyio.open_process(
        [connection["command"], *connection["args"]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None,
        env={**get_default_environment(), **(connection.get("env") or {})},
        cwd=connection.get("cwd"),
        start_new_session=True,
    )
    heard, hear = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    say, said = anyio.create_memory_object_stream[SessionMessage](0)
    async with process, hear, say, anyio.create_task_group() as group:
        group.start_soon(_hear, process, heard, over)
        group.start_soon(_say, process, said)
        try:
            yield hear, say
        finally:
            await _ended(process)
            group.cancel_scope.cancel()


async def _hear(process: Process, heard: Heard, over: Callable[[], None]) -> None:
    if process.stdout is None:
        raise TypeError("the process has no standard output")
    lines = BufferedByteReceiveStream(process.stdout)
    async with heard:
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError, anyio.IncompleteRead):
            try:
                while True:
                    await heard.send(_message(await lines.receive_until(b"\n", MOST_BYTES)))
            except anyio.DelimiterNotFound:
                over()


def _message(line: bytes) -> SessionMessage | Exception:
    try:
        return SessionMessage(JSONRPCMessage.model_validate_json(line))
    except ValidationError as error:
        return error


async def _say(process: Process, said: MemoryObjectReceiveStream[SessionMessage]) -> None:
    if process.stdin is None:
        raise TypeError("the process has no standard input")
    async with said:
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
            async for each in said:
                text = each.message.model_dump_json(by_alias=True, exclude_none=True)
                await process.stdin.send(text.encode() + b"\n")


async def _ended(process: Process) -> None:
    """Close the input of a process, as the protocol says, and kill it with its children if it stays."""
    with anyio.CancelScope(shield=True):
        if process.stdin is not None:
            with suppress(OSError, anyio.BrokenResourceError):
                await process.stdin.aclose()
        with anyio.move_on_after(PROCESS_TERMINATION_TIMEOUT):
            await process.wait()
        if process.returncode is None:
            await terminate_posix_process_tree(process)
