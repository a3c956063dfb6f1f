"""Read which MCP servers an operator wants, and how to reach each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from langchain_mcp_adapters.sessions import Connection, StdioConnection, StreamableHttpConnection
from pydantic import AliasChoices, BaseModel, Field, HttpUrl, StringConstraints, ValidationError

from graph.errors import Misconfigured

_REFERENCE = re.compile(r"\$\{(\w+)\}")

_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class _Entry(BaseModel, extra="forbid"):
    """Hold the entry of one server in a file; `type` and `transport` repeat what the other fields say."""

    command: str = ""
    args: list[str] = Field(default_factory=list)
    env: dict[str, str] = Field(default_factory=dict)
    cwd: str | None = None
    url: HttpUrl | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    type: str = ""
    transport: str = ""


class _File(BaseModel, extra="forbid"):
    servers: dict[_Name, _Entry] = Field(validation_alias=AliasChoices("servers", "mcpServers"))


@dataclass(frozen=True, slots=True, kw_only=True)
class McpServer:
    """Hold the name of a server and how to reach it; its secrets are filled in, so it is never shown.

    `host` is the part that a person is shown: empty for a process of this machine.
    """

    name: str
    connection: Connection
    host: str = ""


def read_servers(path: Path, environ: Mapping[str, str]) -> tuple[McpServer, ...]:
    """Return the servers of a settings file, with `${NAME}` filled in from `environ`.

    Raises Misconfigured, with the file and the place in it.
    """
    try:
        read = _File.model_validate_json(path.read_bytes())
    except OSError as error:
        raise Misconfigured(
            f"{path} cannot be read ({error.strerror}): name an MCP settings file that can"
        ) from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise Misconfigured(
            f"{path}, {where}: {first['msg']}; see tools/mcp/README.md for the form"
        ) from None
    return tuple(_server(path, name, entry, environ) for name, entry in read.servers.items())


def _server(path: Path, name: str, entry: _Entry, environ: Mapping[str, str]) -> McpServer:
    if bool(entry.command) == (entry.url is not None):
        raise Misconfigured(f"{path}, server {name}: give it either a command or a url")
    where = f"{path}, server {name}"
    if entry.url is not None:
        headers = {key: _filled(value, environ, where) for key, value in entry.headers.items()}
        url = str(entry.url)
        return McpServer(
            name=name,
            host=f"{entry.url.host}:{entry.url.port}",
            connection=StreamableHttpConnection(transport="streamable_http", url=url, headers=headers),
        )
    env = {key: _filled(value, environ, where) for key, value in entry.env.items()}
    args = [_filled(value, environ, where) for value in entry.args]
    cwd = str(path.parent / (entry.cwd or ""))  # never the working folder of the person
    connection = StdioConnection(transport="stdio", command=entry.command, args=args, env=env, cwd=cwd)
    return McpServer(name=name, connection=connection)


def _filled(text: str, environ: Mapping[str, str], where: str) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in environ:
            raise Misconfigured(f"{where}: it wants {found[1]}, which is not set: set it")
        return environ[found[1]]

    return _REFERENCE.sub(value, text)
