"""A child process that parses, and dies in place of this one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from graph.errors import Unavailable, Unusable
from graph.outline import unpack
from tools.documents.channel import receive, send
from tools.documents.character_recognition import Recogniser
from tools.documents.child import GRACE, MOST_BYTES, OUT_OF_MEMORY
from tools.documents.parsed import Parsed

_HOME = Path(__file__).parents[2]
_PATIENCE = 2.0
CHILD = "tools.documents.child"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bound what one file may cost: bytes of memory, seconds of processor time and by the clock.

    On a busy machine the clock says little about a file, so it is given longer.
    """

    memory: int = 1 << 30
    processor: int = 30
    seconds: int = 120


Said = Callable[[str], object]


def nothing(_: str) -> None:
    """Say nothing of what is read."""


class Died(Exception):
    """Say why the child died over a file, in words that follow the file's name; `late` if time ran out."""

    def __init__(self, reason: str, *, late: bool) -> None:
        super().__init__(reason)
        self.late = late


class Worker:
    """Parse files one after the other in one child; it serves one thread at a time."""

    def __init__(self, limits: Limits, recogniser: Recogniser | None = None) -> None:
        self._limits = limits
        self._recogniser = recogniser
        self._late = False
        self._process = _start(limits, sees=recogniser is not None)
        self._end = weakref.finalize(self, _stop, self._process)

    def parse(self, suffix: str, data: bytes, said: Said = nothing) -> Parsed:
        """Return what a file says; raises Unusable with its reason, or Died when the child ended over it.

        A child whose file was late has ended, too, and has sent what it had read of it. Each picture that is
        read is `said` before, as its place.
        """
        requests = cast("BinaryIO", self._process.stdin)
        try:
            with self._alarm():
                send(requests, suffix.encode(), data)
            facts, text, outline = self._answer()
            while place := facts.get("picture") or facts.get("part"):
                said(place)
                if "picture" in facts:
                    words = self._read(text)
                    send(requests, b"1" if words is not None else b"", (words or "").encode())
                facts, text, outline = self._answer()
        except (EOFError, OSError) as error:
            raise self._death() from error
        if self._late:  # the alarm went off over an answer that had just come, and the child is gone
            raise self._death()
        if "reason" in facts:
            raise Unusable(facts["reason"])
        if facts.get("late") and not text:
            raise Died(self._too_long(), late=True)
        return Parsed(text=text.decode(), outline=unpack(outline.decode()), **facts)

    @contextmanager
    def _alarm(self) -> Iterator[None]:
        """End the child where it takes too long."""
        alarm = threading.Timer(self._limits.seconds + GRACE, self._expire)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()
            alarm.join()

    def _answer(self) -> tuple[dict[str, Any], bytes, bytes]:
        answers = cast("BinaryIO", self._process.stdout)
        with self._alarm():
            facts, text, outline = (receive(answers, 4 * MOST_BYTES) for _ in range(3))
        return json.loads(facts), text, outline

    def _read(self, picture: bytes) -> str | None:
        """Return the words of a picture, None where it cannot be read."""
        try:
            return self._recogniser.read(picture) if self._recogniser else None
        except Unusable:
            return None

    def stop(self) -> None:
        """End the child."""
        self._end()

    def _too_long(self) -> str:
        work, wait = self._limits.processor, self._limits.seconds
        return f"reading it takes longer than {work} seconds of work or {wait} by the clock"

    def _expire(self) -> None:
        self._late = True
        self._process.kill()

    def _death(self) -> Died:
        """Say in plain words how the child ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        code = self._process.returncode
        self.stop()
        if self._late or code == -signal.SIGXCPU:
            return Died(self._too_long(), late=True)
        if code == OUT_OF_MEMORY:
            return Died(f"it takes more than {self._limits.memory >> 20} MB of memory to read", late=False)
        return Died("it makes its parser crash", late=False)


def _start(limits: Limits, *, sees: bool) -> subprocess.Popen[bytes]:
    """Start a child that inherits no environment, and imports from this installation alone."""
    command = [sys.executable, "-P", "-B", "-s", "-X", "utf8", "-m", CHILD]
    try:
        return subprocess.Popen(  # noqa: S603  # this interpreter, this package, four numbers
            [*command, str(limits.memory), str(limits.processor), str(limits.seconds), str(int(sees))],
            cwd=_HOME,
            env={"PYTHONPATH": str(_HOME)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise Unavailable(f"no process could be started to read documents in ({error.strerror})") from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was buffered for a dead child cannot be flushed
            cast("BinaryIO", pipe).close()
