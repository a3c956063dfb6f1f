"""Test that compressed bodies are decoded in bounded memory."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.page.inflate import STEP, BrokenEncoding, inflate
from tools.page.page import MOST_BYTES

MB = 1_000_000


TEXT = b"Krill swarm in cold seas. " * 4000


def _bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=3),
}


@pytest.mark.parametrize("encoding", PACKERS)
def test_nothing_piles_up_behind_the_end(encoding: str) -> None:
    """Padding that goes on for ever takes no memory."""
    unpack = inflate(encoding)
    assert b"".join(unpack.feed(PACKERS[encoding](TEXT))) == TEXT
    tracemalloc.start()
    for _ in range(100):
        assert list(unpack.feed(bytes(STEP))) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * STEP


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_unfolds_by_small_steps(encoding: str) -> None:
    """A few kilobytes that hold 64 MB never take more memory than a few steps."""
    bomb = PACKERS[encoding](bytes(64 * MB))
    unpack = inflate(encoding)
    tracemalloc.start()
    most = _most(unpack.feed(bomb), MOST_BYTES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most <= 4 * STEP
    assert peak < 4 * MB


def _most(parts: Iterator[bytes], enough: int) -> int:
    """Return the size of the largest part among the first ones that are enough together."""
    most = total = 0
    for part in parts:
        most, total = max(most, len(part)), total + len(part)
        if total > enough:
            break
    assert total > enough
    return most


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_are_unpacked_or_torn(encoding: str, data: bytes, cut: int) -> None:
    """No bytes, packed, cut or neither, make unpacking fail in another way or lose a part unnoticed."""
    whole = PACKERS[encoding](data)
    for sent in (data, whole[:cut], whole):
        unpack = inflate(encoding)
        try:
            got = b"".join(part for at in range(len(sent)) for part in unpack.feed(sent[at : at + 1]))
            unpack.finish()
        except BrokenEncoding:
            assert sent != whole
        else:
            assert data in {sent, got} or not sent
