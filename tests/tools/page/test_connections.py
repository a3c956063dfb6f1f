"""Test servers that mean harm, or are broken."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from contextlib import suppress

import brotli  # type: ignore[import-untyped]
import pytest

from graph.errors import Unavailable, Unusable
from tests.tools.page.serving import LOOPBACK, RUN, Names, Serve, desk, raw, saying
from tests.tools.page.test_inflate import MB, PACKERS, TEXT, _bare
from tools.documents.parser import Parser
from tools.page.connections import Connections
from tools.page.page import PageArguments

OK = "HTTP/1.1 200 OK\ncontent-type: text/plain"


async def read(serve: Serve) -> str:
    """Return the text of a page that a server sends."""
    async with raw(serve) as port, desk() as opened:
        result = await opened.ask(f"http://{LOOPBACK}:{port}/")
        return result.snapshots[0].text.reveal()


def packed(encoding: str, body: bytes) -> Serve:
    """Serve a packed body."""
    return saying(f"{OK}\ncontent-encoding: {encoding}\ncontent-length: {len(body)}", body)


@pytest.mark.parametrize("encoding", PACKERS)
async def test_packed_pages_are_unpacked(encoding: str) -> None:
    """Every encoding that is asked for is understood."""
    assert await read(packed(encoding, PACKERS[encoding](TEXT))) == TEXT.decode().strip()


async def test_a_bare_deflate_stream_is_unpacked() -> None:
    """What some servers call deflate has no zlib header."""
    assert await read(packed("deflate", _bare(TEXT))) == TEXT.decode().strip()


async def test_what_follows_the_end_of_a_packed_page_is_left_out() -> None:
    """Padding after the packed data neither spoils the page nor piles up."""
    assert (
        await read(packed("gzip", gzip.compress(TEXT, mtime=0) + b"padding" * 1000)) == TEXT.decode().strip()
    )


@pytest.mark.parametrize("encoding", PACKERS)
async def test_a_bomb_is_dropped_at_the_limit(encoding: str) -> None:
    """A body that unpacks to more than 10 MB is Unusable."""
    with pytest.raises(Unusable, match="more than 10 MB"):
        await read(packed(encoding, PACKERS[encoding](bytes(20 * MB))))


async def test_a_body_of_eleven_megabytes_is_dropped() -> None:
    """A long body is not read to its end."""
    with pytest.raises(Unusable, match="more than 10 MB"):
        await read(saying(f"{OK}\ncontent-length: {11 * MB}", b"a " * (11 * MB // 2)))


async def test_a_body_that_never_ends_is_dropped() -> None:
    """A server that goes on for ever is left at 10 MB."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"/robots.txt" in asked:
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
        while True:
            writer.write(b"a " * 50_000)
            await writer.drain()

    with pytest.raises(Unusable, match="more than 10 MB"):
        await read(serve)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"{OK}\ncontent-length: 5000", b"reset in the middle"),
        (f"{OK}\ntransfer-encoding: chunked", b"ff\r\ntoo short"),
        (f"{OK}\ncontent-encoding: gzip", gzip.compress(TEXT, mtime=0)[:-12]),
        (f"{OK}\ncontent-encoding: br", brotli.compress(TEXT)[:-12]),
        (f"{OK}\ncontent-encoding: deflate", zlib.compress(TEXT)[:-12]),
        (f"{OK}\ncontent-encoding: gzip", b"this is not packed at all"),
        (f"{OK}\ncontent-encoding: br", b"this is not packed at all"),
        (f"{OK}\ncontent-encoding: zstd", b"nobody asked for it"),
        (f"{OK}\ncontent-encoding: gzip, gzip", gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0)),
        ("garbage that is no HTTP", b"\x00\x01"),
        ("HTTP/1.1 200 OK\nno header at all", b""),
        ("HTTP/1.1 200 OK\nx: " + "a" * 200_000, b""),
    ],
)
async def test_what_breaks_off_or_is_garbage_may_be_asked_again(head: str, body: bytes) -> None:
    """Half a page is never taken for the whole one."""
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
        await read(saying(head, body))


async def test_a_reset_in_the_middle_may_be_asked_again() -> None:
    """A connection that is torn down is no page."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"/robots.txt" in asked:
            writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 999\r\n\r\nhalf")
        await writer.drain()
        writer.transport.abort()

    with pytest.raises(Unavailable, match="broke off"):
        await read(serve)


async def test_a_server_that_falls_silent_is_given_up() -> None:
    """No byte within the patience for one is Unavailable, at the head as in the body."""
    silent = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"/body" in asked:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 999\r\n\r\nhalf")
        await silent.wait()

    connections = Connections(look_up=Names(), private_hosts=(LOOPBACK,), patience=0.05)
    async with raw(serve) as port:
        for path in ("head", "body"):
            with pytest.raises(Unavailable, match="did not answer in time"):
                async with connections.ask(f"http://{LOOPBACK}:{port}/{path}") as answer:
                    [piece async for piece in answer.pieces()]
        silent.set()
        await connections.close()


async def test_a_call_that_is_cancelled_leaves_nothing_behind() -> None:
    """A deadline that strikes while a body drips ends the call and its connection; the tool goes on."""
    gone, dripping = asyncio.Event(), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if b" /slow" not in asked:
            body = b"" if b"/robots.txt" in asked else b"quick"
            head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: "
            writer.write(head + str(len(body)).encode() + b"\r\n\r\n" + body)
            return
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 999\r\n\r\n")
        dripping.set()
        await reader.read()
        gone.set()

    async with raw(serve) as port, desk() as opened:
        slow = asyncio.create_task(opened.ask(f"http://{LOOPBACK}:{port}/slow"))
        await dripping.wait()
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        await asyncio.wait_for(gone.wait(), 60)
        result = await opened.ask(f"http://{LOOPBACK}:{port}/quick")
        assert result.snapshots[0].text.reveal() == "quick"


async def test_nobody_there_may_be_asked_again() -> None:
    """A port that nobody listens on is Unavailable."""
    async with raw(saying(OK)) as port:
        pass
    async with desk() as opened:
        with pytest.raises(Unavailable, match="cannot be reached"):
            await opened.page.run(PageArguments(url=f"http://{LOOPBACK}:{port}/"), RUN, lambda _: None)


@pytest.mark.parametrize("seed", range(12))
async def test_any_page_ends_in_a_source_or_a_named_error(seed: int, parser: Parser) -> None:
    """Markup broken in any place is read or dropped; nothing else comes out of the tool."""
    page = b"<!doctype html><html><title>Krill</title><body><table><p>Krill swarm.</p></body></html>"
    at = seed * 8
    broken = page[:at] + bytes([60, 33, 45, 0xFF, 62]) * seed + page[at:]
    serve = saying(f"HTTP/1.1 200 OK\ncontent-type: text/html\ncontent-length: {len(broken)}", broken)
    async with raw(serve) as port, desk(parser=parser) as opened:
        with suppress(Unusable):
            assert (await opened.ask(f"http://{LOOPBACK}:{port}/")).snapshots
