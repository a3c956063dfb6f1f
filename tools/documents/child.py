"""The process that parses what could hurt its host: started by `tools.documents.worker`, fed through a pipe.

It limits itself before it sees the first byte of a file. It is no sandbox against code that takes the parser
over: that needs the operating system.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from contextlib import suppress
from dataclasses import fields
from functools import partial
from typing import BinaryIO

from graph.errors import Unusable
from graph.outline import pack
from tools.documents import overtime
from tools.documents.channel import receive, send
from tools.documents.formats.table import parse
from tools.documents.pictures import reads
from tools.documents.read_progress import listening

MOST_BYTES = 64 * 1024 * 1024
OUT_OF_MEMORY = os.EX_OSERR
GRACE = 5
"""Seconds after the time for a file in which what was read of it is sent; then the child is ended."""
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ftplib.",
    "urllib.",
)


def main() -> None:
    """Answer requests until the pipe closes, or the time for a file is over: what is left then is worn.

    Arguments: bytes of memory, seconds of processor time and by the clock for a file, and 1 where the parent
    reads pictures.
    """
    memory, processor, seconds, sees = map(int, sys.argv[1:5])
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a parser that prints must not write into the answers
    _confine(memory)
    if sees:
        reads.set(partial(_ask, requests, answers))
    with suppress(EOFError):
        late = False
        while not late:
            suffix, data = receive(requests, MOST_BYTES).decode(), receive(requests, MOST_BYTES)
            _limit(resource.RLIMIT_CPU, int(time.process_time()) + processor + GRACE)
            overtime.limit(processor, seconds)
            late = _answer(answers, suffix, data)


def _ask(requests: BinaryIO, answers: BinaryIO, picture: bytes, place: str) -> str | None:
    """Let the parent read a picture; meanwhile no time passes for the file."""
    with overtime.paused():
        send(answers, json.dumps({"picture": place}).encode(), picture, b"")
        said, words = receive(requests, MOST_BYTES), receive(requests, MOST_BYTES)
    return words.decode() if said else None


def _answer(answers: BinaryIO, suffix: str, data: bytes) -> bool:
    """Send the facts and the text of a file, or why it has none; tell whether its time was over."""
    late = False
    try:
        try:
            parsed = listening(partial(_tell, answers), partial(parse, suffix, data))
        finally:
            overtime.lift()
        names = [field.name for field in fields(parsed) if field.name not in {"text", "outline"}]
        facts = {name: getattr(parsed, name) for name in names}
        late = parsed.late
        send(answers, json.dumps(facts).encode(), parsed.text.encode(), pack(parsed.outline).encode())
    except Unusable as error:
        send(answers, json.dumps({"reason": str(error)}).encode(), b"", b"")
    except overtime.Overtime:
        late = True
        send(answers, json.dumps({"late": True}).encode(), b"", b"")
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of the heap is not worth trusting
    return late


def _tell(answers: BinaryIO, share: float) -> None:
    """Send how far the reading of a file has come."""
    send(answers, json.dumps({"part": f"{share:.0%}"}).encode(), b"", b"")


def _confine(memory: int) -> None:
    """Take away memory, writing files, core dumps, network and other programs."""
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    sys.addaudithook(_forbid)


def _limit(kind: int, most: int) -> None:
    with suppress(ValueError, OSError):  # macOS knows no limit on memory; the clock of the parent still holds
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
