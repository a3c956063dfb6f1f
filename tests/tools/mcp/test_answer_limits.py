"""An answer ends at the limit, over stdio and over HTTP, however long it would be."""

from __future__ import annotations

import gzip
import json
import resource
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from graph.errors import Misconfigured, Unusable
from tests.tools.mcp.serving import (
    listening,
    url,  # noqa: F401  # a fixture
)
from tests.tools.mcp.talking import STDIO, call, connection, said, settings
from tools.mcp.answer_limits import MOST_BYTES

MEGABYTES = 80
TOO_LONG = "birds answered with more than 8 MB: ask for less"


def peak() -> int:
    """Return the most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("over", ["stdio", "http"])
async def test_an_answer_of_80_mb_ends_at_the_limit(tmp_path: Path, over: str, url: str) -> None:  # noqa: F811
    """It is dropped before all of it was kept, in words; the next call is answered."""
    server: object = STDIO
    if over == "http":
        await listening(url)
        server = {"url": url}
    async with connection(settings(tmp_path, server)) as tools:
        assert await said(tools, "lookup", name="shag")
        before = peak()
        with pytest.raises(Unusable, match=TOO_LONG):
            await call(tools, "long", megabytes=MEGABYTES)
        assert peak() - before < MEGABYTES
        assert await said(tools, "lookup", name="shag")


@pytest.mark.parametrize("over", ["stdio", "http"])
async def test_an_answer_within_the_limit_is_read(tmp_path: Path, over: str, url: str) -> None:  # noqa: F811
    """What is long and within is dropped by its text alone: the session stays."""
    server: object = STDIO
    if over == "http":
        await listening(url)
        server = {"url": url}
    async with connection(settings(tmp_path, server)) as tools:
        process = await said(tools, "whoami")
        with pytest.raises(Unusable, match="brought more than 1,000,000 characters"):
            await call(tools, "long", megabytes=6)
        assert await said(tools, "whoami") == process


MUTE = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["method"] == "initialize":
        said = {"protocolVersion": asked["params"]["protocolVersion"], "capabilities": {"tools": {}}}
        said["serverInfo"] = {"name": "x", "version": "1"}
        print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": said}), flush=True)
    while asked["method"] == "tools/list":
        print(json.dumps({"jsonrpc": "2.0", "method": "x"}) if "flood" in sys.argv else "{", flush=True)
        if "flood" not in sys.argv:
            break
"""


@pytest.mark.parametrize("how", ["flood", "junk"])
async def test_a_server_that_never_lists_its_tools_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Whatever it sends instead of an answer, the start ends in one line."""
    monkeypatch.setattr("tools.mcp.mcp_session.START_SECONDS", 8.0)
    entry = {"command": sys.executable, "args": ["-c", MUTE, how]}
    late = r"birds did not (list its tools|start) within 8 s; correct or remove"
    with pytest.raises(Misconfigured, match=late):
        async with connection(settings(tmp_path, entry)):
            pass


async def test_a_packed_answer_is_not_unpacked(tmp_path: Path, httpserver: HTTPServer) -> None:
    """80 MB that were packed to some KB never unfold: the server is refused when it starts."""
    bomb = gzip.compress(json.dumps({"jsonrpc": "2.0", "id": 0, "result": "a" * MEGABYTES * 2**20}).encode())

    def packed(asked: Request) -> Response:
        assert asked.headers["Accept-Encoding"] == "identity"
        return Response(bomb, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})

    httpserver.expect_request("/mcp").respond_with_handler(packed)
    before = peak()
    with pytest.raises(Misconfigured, match="birds"):
        async with connection(settings(tmp_path, {"url": httpserver.url_for("/mcp")})):
            pass
    assert peak() - before < MEGABYTES
    assert MOST_BYTES < MEGABYTES * 2**20
