"""Name the test server in a settings file, and call its tools."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from graph.options import Options
from graph.records import Result, Run
from graph.tool import Tool
from tools.mcp.mcp_servers import mcp_tools

RUN = Run(id="r1", question="q", options=Options(), started=0.0)
STDIO = {
    "command": sys.executable,
    "args": ["-m", "tests.tools.mcp.server"],
    "env": {"BIRDS_KEY": "${KEY}"},
    "cwd": str(Path(__file__).parents[3]),
}


def settings(folder: Path, server: object = STDIO, *, key: str = "servers") -> Path:
    path = folder / "mcp.json"
    path.write_text(json.dumps({key: {"birds": server}}))
    return path


def connection(path: Path) -> AbstractAsyncContextManager[tuple[Tool, ...]]:
    return mcp_tools(path, environ={"KEY": "s3cret"}, clock=lambda: 1_000.0)


def named(tools: tuple[Tool, ...], name: str) -> Tool:
    return next(tool for tool in tools if tool.spec.name == f"mcp.birds.{name}")


async def call(tools: tuple[Tool, ...], name: str, /, **arguments: str | float) -> Result:
    """Call a tool as the path does: by the model of its arguments."""
    tool = named(tools, name)
    return await tool.run(tool.spec.arguments.model_validate(arguments), RUN, lambda _: None)


async def said(tools: tuple[Tool, ...], name: str, /, **arguments: str | float) -> str:
    """Return the text a tool brought."""
    (snapshot,) = (await call(tools, name, **arguments)).snapshots
    return snapshot.text.reveal()
