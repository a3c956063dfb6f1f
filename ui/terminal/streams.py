"""Write to stdout and stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

from guards.visible_text import visible


def tell(line: str) -> None:
    """Write a line for the person to stderr, with control characters made visible."""
    _write(sys.stderr, visible(line).replace("\n", "\u240a") + "\n")


def answer(text: str) -> None:
    """Write a result to stdout; a closed pipe is no error."""
    _write(sys.stdout, text if text.endswith("\n") else f"{text}\n")


def answer_json(text: str) -> None:
    """Write JSON to stdout in UTF-8, whatever the encoding of the terminal."""
    sys.stdout.flush()
    _guarded(sys.stdout, lambda: (sys.stdout.buffer.write(text.encode()), sys.stdout.buffer.flush()))


def is_terminal(stream: TextIO) -> bool:
    """Return whether the stream is a terminal."""
    return stream.isatty()


def be_lenient() -> None:
    """Let the streams replace what their encoding cannot write, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def _write(stream: TextIO, text: str) -> None:
    _guarded(stream, lambda: (stream.write(text), stream.flush()))


def _guarded(stream: TextIO, write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        # Python flushes once more at its end; that must find an open file.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
