"""Be one tool of an MCP server."""

from __future__ import annotations

import hashlib
import json
import re

import mcp.types
from pydantic import BaseModel

from graph.errors import Misconfigured, Unusable
from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec
from guards.untrusted import plain
from tools.mcp.arguments import SchemaArguments, arguments
from tools.mcp.result import result
from tools.mcp.session import Session

LONGEST_PURPOSE = 200
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class McpTool:
    """Call one tool of a server, by the session all its tools share."""

    def __init__(self, session: Session, listed: mcp.types.Tool, *, clock: Clock) -> None:
        self.spec = _spec(session.server.name, listed)
        self._session = session
        self._listed = listed
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # the server is told neither
        """Return the texts the server answers; raises Unavailable or Unusable."""
        if not isinstance(arguments, SchemaArguments):
            raise Misconfigured(
                f"{self.spec.name} was given {type(arguments).__name__}: give its own arguments"
            )
        answer = await self._session.call(self._listed.name, arguments.model_extra or {})
        return result(
            answer,
            location=f"mcp:{self._session.server.name}/{self._listed.name}",
            title=plain(_title(self._listed))[:LONGEST_PURPOSE],
            now=self._clock(),
        )


def _spec(server: str, listed: mcp.types.Tool) -> ToolSpec:
    """Describe a tool by its annotations; raises Unusable for a name or a schema that will not do.

    A server's word that a call changes nothing is taken, because an operator chose the server; without it
    a call writes, is made once, and is denied until a policy allows it.
    """
    if not _NAME.fullmatch(listed.name):
        raise Unusable(f"the MCP server {server} has a tool whose name will not do")
    said = listed.annotations or mcp.types.ToolAnnotations()
    reads = said.readOnlyHint is True
    return ToolSpec(
        name=f"mcp.{server}.{listed.name}",
        version=_version(listed),
        purpose=plain((listed.description or _title(listed))[: 4 * LONGEST_PURPOSE])[:LONGEST_PURPOSE],
        arguments=arguments(listed.name, listed.inputSchema),
        group=Group.MCP,
        effects="read" if reads else "write",
        deterministic=reads and said.idempotentHint is True,
        attempts=3 if reads else 1,
        at_once=4,
    )


def _version(listed: mcp.types.Tool) -> str:
    schema = json.dumps(listed.inputSchema, sort_keys=True)
    return hashlib.sha256(schema.encode()).hexdigest()[:8]


def _title(listed: mcp.types.Tool) -> str:
    return listed.title or (listed.annotations.title if listed.annotations else None) or listed.name
