"""One tool of an MCP server."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re

import mcp.types
from pydantic import BaseModel

from graph.errors import Misconfigured, Unusable
from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec
from guards.number_bounds import are_numbers_held
from guards.outside_text import plain
from tools.mcp.answer_limits import MOST_DEFINED
from tools.mcp.mcp_result import source_of_answer
from tools.mcp.mcp_session import McpSession, is_same
from tools.mcp.mcp_settings import McpServer
from tools.mcp.schema_arguments import SchemaArguments, arguments_model

LONGEST_PURPOSE = 200
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class McpTool:
    """Call one tool of a server, over the session that all its tools share."""

    def __init__(self, session: McpSession, listed: mcp.types.Tool, *, clock: Clock) -> None:
        self.spec = _spec(session.server, listed)
        self._session = session
        self._listed = listed
        self._clock = clock

    async def renew(self) -> None:
        """Ask the server what the tool is now; raises Unavailable, or Unusable where there is none."""
        offered = await self._session.tools()
        listed = next((tool for tool in offered if tool.name == self._listed.name), None)
        if listed is None:
            raise Unusable(f"the MCP server {self._session.server.name} does not offer {self._listed.name}")
        if not is_same(listed, self._listed):
            self.spec = _spec(self._session.server, listed)
            self._listed = listed

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # the server is told neither
        """Return the texts the server answers; raises Unavailable or Unusable."""
        if not isinstance(arguments, SchemaArguments):
            raise Misconfigured(
                f"{self.spec.name} was given {type(arguments).__name__}: give its own arguments"
            )
        if type(arguments) is not self.spec.arguments:  # they were read by a schema that holds no more
            raise Unusable(f"{self.spec.name} was changed by its server while the call stood in line")
        answer = await self._session.call(self._listed, arguments.model_extra or {})
        return await asyncio.to_thread(  # it may be long
            source_of_answer,
            answer,
            location=f"mcp:{self._session.server.name}/{self._listed.name}",
            title=plain(_title(self._listed))[:LONGEST_PURPOSE],
            now=self._clock(),
        )


def _spec(server: McpServer, listed: mcp.types.Tool) -> ToolSpec:
    """Describe a tool by its annotations; raises Unusable for an invalid name, schema or length.

    The server is believed that a call only reads, because an operator chose the server. Without that a call
    writes, is made once, and is denied until a policy allows it.
    """
    if not _NAME.fullmatch(listed.name):
        raise Unusable(f"the MCP server {server.name} has a tool whose name will not do")
    if len(listed.model_dump_json()) > MOST_DEFINED:
        raise Unusable(
            f"the MCP server {server.name} takes more than {MOST_DEFINED // 1024} KB to define a tool"
        )
    if not (held := are_numbers_held(listed.inputSchema)).allowed:
        raise Unusable(f"the MCP server {server.name} describes {listed.name} badly: {held.reason}")
    said = listed.annotations or mcp.types.ToolAnnotations()
    reads = said.readOnlyHint is True
    return ToolSpec(
        name=f"mcp.{server.name}.{listed.name}",
        version=_version(listed),
        purpose=plain((listed.description or _title(listed))[: 4 * LONGEST_PURPOSE])[:LONGEST_PURPOSE],
        arguments=arguments_model(listed.name, listed.inputSchema),
        group=Group.MCP,
        effects="read" if reads else "write",
        deterministic=reads and said.idempotentHint is True,
        attempts=3 if reads else 1,
        at_once=4,
        host=server.host,
        server=server.name,
        says=listed.description or _title(listed),
        annotations=said.model_dump_json(),
    )


def _version(listed: mcp.types.Tool) -> str:
    schema = json.dumps(listed.inputSchema, sort_keys=True)
    return hashlib.sha256(schema.encode()).hexdigest()[:8]


def _title(listed: mcp.types.Tool) -> str:
    return listed.title or (listed.annotations.title if listed.annotations else None) or listed.name
