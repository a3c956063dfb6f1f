"""Define a tool as a person approves it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from graph.definition import Definition, Fingerprint
from graph.errors import Unavailable, Unusable
from graph.tool import Offered, Tool, ToolSpec
from guards.outside_text import plain

MOST_SAID = 1_000
_LOOKS = 2  # the first finds out that a server was started anew
RENEW_SECONDS = 10.0
"""How long a server may take to say what a tool is."""


async def renew_tool(tool: Tool | None) -> None:
    """Ask a server what its tool is now; if it does not answer, the call itself finds out."""
    if not isinstance(tool, Offered):
        return
    for _ in range(_LOOKS):
        with suppress(Unavailable, Unusable, TimeoutError):
            async with asyncio.timeout(RENEW_SECONDS):
                await tool.renew()
            return


@lru_cache(maxsize=1_024)
def define_tool(spec: ToolSpec) -> Definition:
    """Return the definition of a tool: effect, host, arguments with their defaults, and description."""
    schema = spec.arguments.model_json_schema()
    properties = _properties(schema)
    return Definition(
        tool=spec.name,
        writes=spec.effects == "write",
        server=spec.server,
        host=spec.host,
        says=plain(spec.says)[:MOST_SAID],
        defaults={
            name: _written(each["default"])
            for name, each in properties.items()
            if isinstance(each, dict) and "default" in each
        },
        fingerprint=Fingerprint(tool=spec.name, parts=dict(_parts(spec, schema, properties))),
    )


def _parts(
    spec: ToolSpec, schema: Mapping[str, Any], properties: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield each part of a definition that makes it another tool when it changes; long parts as digests."""
    yield "effect", spec.effects
    yield "server", spec.server
    yield "host", spec.host
    yield "description", _digest(spec.says or spec.purpose)
    yield "annotations", _digest(spec.annotations)
    for name, each in properties.items():
        yield f"argument {json.dumps(name)}", _digest(_written(each))
    yield "schema", _digest(_written({**schema, "properties": sorted(properties)}))


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the arguments that a schema describes; a server may have put anything there."""
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
