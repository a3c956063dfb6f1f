"""A parser's child whose `.pdf` parser does what its file says, to see the parent bear it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.tools.documents.samples import CRASH, HANG, HOG
from tools.documents import child
from tools.documents.formats import pdf
from tools.documents.overtime import OUT_OF_TIME, gathered
from tools.documents.parsed import Parsed

SOCKET, PROGRAM, WRITE, SPIN, PRINT, SECRET, SLOWLY = (
    b"%PDF-1.7 " + word for word in (b"socket", b"program", b"write", b"spin", b"print", b"secret", b"slowly")
)
WRITTEN = Path(__file__).with_name("written-by-a-child")


def _pages() -> Iterator[str]:
    """Read two pages, and no end of a third."""
    yield from ("page 1", "page 2")
    while True:
        pass


def misbehave(data: bytes) -> Parsed:  # noqa: C901  # a list of crimes
    """Do what the file says."""
    if data == HANG:
        time.sleep(600)
    elif data == SPIN:
        while True:
            pass
    elif data == HOG:
        return Parsed(text="x" * (8 << 30))
    elif data == CRASH:
        os.abort()
    elif data == SOCKET:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    elif data == PROGRAM:
        subprocess.run(["true"], check=True)
    elif data == WRITE:
        WRITTEN.write_text("x")  # it must fail
    elif data == PRINT:
        sys.stdout.write("noise " * 10_000)
        sys.stdout.flush()
    elif data == SLOWLY:
        read, late = gathered(_pages())
        return Parsed(text=" ".join(read), missing=f"{OUT_OF_TIME} after page {len(read)}", late=late)
    elif data == SECRET:
        return Parsed(text=f"environment: {sorted(os.environ)}")
    return Parsed(text="well behaved")


if __name__ == "__main__":
    pdf.parse = misbehave
    child.main()
