"""Frames of bytes between this process and the child that parses."""

from __future__ import annotations

import struct
from typing import BinaryIO

_SIZE = struct.Struct(">Q")


def send(stream: BinaryIO, *frames: bytes) -> None:
    """Write frames, each after its length."""
    for frame in frames:
        stream.write(_SIZE.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> bytes:
    """Read one frame; raises EOFError when the other side is gone or announces more than `most` bytes."""
    head = stream.read(_SIZE.size)
    length = _SIZE.unpack(head)[0] if len(head) == _SIZE.size else most + 1
    frame = stream.read(length) if length <= most else b""
    if len(frame) != length:
        raise EOFError
    return frame
