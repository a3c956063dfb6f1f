"""Decode a compressed body piece by piece, so that one which grows to gigabytes is stopped as it grows."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

STEP = 64 * 1024
ENCODINGS = "gzip, deflate, br"


class BrokenEncoding(Exception):
    """Say what is wrong with a compressed body, in words that follow the name of its server."""


class Inflate(Protocol):
    """Decode a body."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield the decoded bytes of a piece, about 64 KB at a time; raises BrokenEncoding for garbage."""

    def finish(self) -> None:
        """Raise BrokenEncoding when the body was cut short."""


def inflate(encoding: str) -> Inflate:
    """Return the decoder of a Content-Encoding; raises BrokenEncoding for one that was not asked for."""
    made = _KINDS.get(encoding.strip().lower())
    if made is None:
        raise BrokenEncoding("packed its answer in a way that was not asked for")
    return made()


class _Plain:
    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def finish(self) -> None:
        pass


class _Zlib:
    def __init__(self, bits: int) -> None:
        self._unpack = zlib.decompressobj(bits)

    def feed(self, piece: bytes) -> Iterator[bytes]:
        try:
            while piece and not self._unpack.eof:  # what follows the end would be kept in memory, unread
                yield self._unpack.decompress(piece, STEP)
                piece = self._unpack.unconsumed_tail
        except zlib.error as error:
            raise BrokenEncoding("sent bytes that cannot be unpacked") from error

    def finish(self) -> None:
        if not self._unpack.eof:
            raise BrokenEncoding("broke off")


class _Deflate:
    """Decode zlib's format, or the raw stream that some servers send under the same name."""

    def __init__(self) -> None:
        self._unpack: _Zlib | None = None

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if self._unpack is None and piece:
            # A zlib header names method 8 in its low half; a bare stream begins so only if it is not packed.
            self._unpack = _Zlib(zlib.MAX_WBITS if piece[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS)
        if self._unpack is not None:
            yield from self._unpack.feed(piece)

    def finish(self) -> None:
        if self._unpack is not None:
            self._unpack.finish()


class _Brotli:
    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        try:
            while not self._unpack.is_finished() and (
                part := self._unpack.process(piece, output_buffer_limit=STEP)
            ):
                yield part
                piece = b""
        except brotli.error as error:
            raise BrokenEncoding("sent bytes that cannot be unpacked") from error

    def finish(self) -> None:
        if not self._unpack.is_finished():
            raise BrokenEncoding("broke off")


def _gzip() -> Inflate:
    return _Zlib(zlib.MAX_WBITS | 16)


_KINDS: dict[str, Callable[[], Inflate]] = {
    "": _Plain,
    "identity": _Plain,
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _Deflate,
    "br": _Brotli,
}
