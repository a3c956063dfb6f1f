"""Words read off the pictures of pages by tesseract, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from graph.errors import Unusable

_PROGRAM = "tesseract"
# A page takes two to five seconds on one core.
_SECONDS = 60
_NO_LANGUAGES = frozenset({"osd", "equ"})
_MOST_LANGUAGES = 4
# Several pages are read at once, each by one core.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}


def installed() -> str | None:
    """Return where tesseract is installed, None where it is not."""
    return shutil.which(_PROGRAM)


class Recogniser:
    """Run tesseract over pictures; any number of threads may share one."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def read(self, picture: bytes) -> str:
        """Return the words of a picture in a format that tesseract knows, blank lines between paragraphs.

        Raises Unusable where tesseract fails, takes too long, or is `stopped`.
        """
        command = [self._program, "stdin", "stdout", "-l", "+".join(languages(self._program))]
        with self._lock:
            if self._stopped:
                raise Unusable("it was left")
            process = _started(command)
            self._running.add(process)
        try:
            words, _ = process.communicate(picture, timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unusable(f"tesseract takes longer than {_SECONDS} seconds for it") from error
        finally:
            process.kill()
            process.wait()
            self._running.discard(process)
        if process.returncode:
            raise Unusable(f"tesseract cannot read it (exit {process.returncode})")
        return words.decode(errors="replace").replace("\f", "")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """End what runs, and read nothing meanwhile."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()
        yield
        self._stopped = False


def recogniser() -> Recogniser | None:
    """Return what reads pictures on this machine, None where nothing does."""
    program = installed()
    return Recogniser(program) if program else None


@cache
def languages(program: str) -> tuple[str, ...]:
    """Return the languages that tesseract has been given, such as `eng`."""
    listed = subprocess.run(  # noqa: S603 - the program the operator installed, no input of others
        [program, "--list-langs"], capture_output=True, check=False, env=_ENVIRONMENT, timeout=_SECONDS
    )
    found = [name for name in listed.stdout.decode(errors="replace").splitlines() if name.isidentifier()]
    return tuple(name for name in found if name not in _NO_LANGUAGES)[:_MOST_LANGUAGES] or ("eng",)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the program the operator installed; the picture goes in by a pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
        )
    except OSError as error:
        raise Unusable(f"tesseract cannot be started ({error.strerror})") from error
