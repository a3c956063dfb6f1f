"""Measure the interpreter: `python -m evals sandbox`.

Escapes run in their own process, in a folder with canaries; their effects are observed from outside, not read
off their errors. Harmless snippets must run. This module is also that process:
`python -m evals.suites.sandbox`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, Protocol

from evals.data import DataSet, data_folder, describe, find, rows
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured, Unusable
from tools.compute.interpreter import MEMORY, SECONDS, CodeResult, Interpreter

SANDBOX = DataSet(
    name="python_sandbox",
    files={
        "escape.jsonl": {"id": str, "code": str},
        "benign.jsonl": {"id": str, "code": str},
    },
    origin="the tests of smolagents, simpleeval, asteval and RestrictedPython, and the pages of HackTricks on"
    " sandboxes",
)
PASS_TARGET = 0.90
GIVEN = """\
x = 3
def add_two(n):
    return n + 2
def final_answer(answer):
    return answer
"""
"""What harmless snippets may use: the suite that most of them come from binds these names for its own."""
_CANARIES = ("flag", "flag.txt", "secret.txt", ".env")
_GRACE = 1.0
_MOST_MEMORY = 4 * MEMORY  # the limit is on the heap of the code, not on the worker
_NO_MODULE = re.compile(r"ended in (?:ModuleNotFoundError|ImportError): No module named")
# What a harmless host does while a snippet runs: it compiles, starts a thread and stops a worker.
_WATCHED = (
    "open",
    "os.",
    "shutil.",
    "socket.",
    "subprocess.",
    "ctypes.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
)
_EXPECTED = frozenset({"os.kill"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetResult:
    """Hold how a snippet ended: its `error`, empty if it ran, and the effects seen outside."""

    id: str
    code: str
    error: str
    effects: tuple[str, ...]


async def measure(setup: Setup) -> SuiteResult:
    """Measure both files; raises Misconfigured when they are not there, or a row is malformed."""
    folder = data_folder(setup.data)
    place = find(folder, SANDBOX)
    if place is None:
        raise Misconfigured(f"{folder} holds no data set of this form:\n{describe(SANDBOX)}")
    escapes = await _tried(place / "escape.jsonl", setup)
    bare = await _tried(place / "benign.jsonl", setup)
    given = await tried_outside([(one.id, f"{GIVEN}{one.code}") for one in bare])
    return SuiteResult(
        suite="sandbox",
        data=str(place),
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(_effects(escapes), *_passes(given, bare)),
        cases=tuple(_cases(escapes, given)),
    )


async def _tried(path: Path, setup: Setup) -> list[SnippetResult]:
    asked = [(row["id"], row["code"]) for row in rows(path, SANDBOX.files[path.name], setup.limit)]
    if not asked:
        raise Misconfigured(f"{path} holds no row: give it one at least")
    tried = await tried_outside(asked)
    setup.say(f"sandbox: {path.name}, {len(asked)} snippets")
    return tried


def _effects(escapes: Sequence[SnippetResult]) -> Metric:
    count = sum(bool(one.effects) for one in escapes)
    return _rate("escapes with any effect", count, len(escapes), target=0.0, lower_is_better=True)


def _passes(given: Sequence[SnippetResult], bare: Sequence[SnippetResult]) -> Iterator[Metric]:
    """Rate what runs among all that need no missing module."""
    for name, tried, target in (
        ("harmless pass rate", given, PASS_TARGET),
        ("harmless pass rate, given nothing", bare, None),
    ):
        able = [one for one in tried if not _NO_MODULE.search(one.error)]
        if able:
            yield _rate(name, sum(not one.error for one in able), len(able), target=target)
    missing = sum(bool(_NO_MODULE.search(one.error)) for one in bare)
    yield _rate("harmless that need a missing module", missing, len(bare))


def _rate(
    name: str, count: int, n: int, *, target: float | None = None, lower_is_better: bool = False
) -> Metric:
    low, high = wilson(count, n)
    return Metric(
        name=name, value=count / n, n=n, low=low, high=high, target=target, lower_is_better=lower_is_better
    )


def _cases(
    escapes: Sequence[SnippetResult], harmless: Sequence[SnippetResult]
) -> Iterator[Mapping[str, Any]]:
    """Show every escape with an effect, and every harmless snippet that did not run."""
    for kind, among in (("escape", escapes), ("harmless", harmless)):
        for one in among:
            if one.effects or (one.error and kind == "harmless"):
                yield {
                    "kind": kind,
                    "id": one.id,
                    "code": one.code,
                    "error": one.error,
                    "effects": list(one.effects),
                }


async def tried_outside(
    asked: Sequence[tuple[str, str]], module: str = "evals.suites.sandbox"
) -> list[SnippetResult]:
    """Run snippets in a child process in a folder of canaries, and check what it left.

    An effect that is seen only at the end counts for the last snippet.
    """
    with TemporaryDirectory() as made, TemporaryFile() as lines:
        folder = Path(made)
        token = hashlib.sha256(made.encode()).hexdigest()
        for name in _CANARIES:
            (folder / name).write_text(token)
        before = _files(folder)
        child = await _child(module, folder, token, lines)
        await child.communicate(json.dumps(asked).encode())
        lines.seek(0)
        tried = [
            SnippetResult(**{**json.loads(line), "effects": tuple(json.loads(line)["effects"])})
            for line in lines
        ]
        late = _left(folder, before, child.pid)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.returncode or len(tried) < len(asked):
        late.append(f"the process of the interpreter ended with {child.returncode}")
    seen = {one.id for one in tried}
    tried += [
        SnippetResult(id=name, code=code, error="", effects=()) for name, code in asked if name not in seen
    ]
    return [*tried[:-1], _with(tried[-1], late)] if tried and late else tried


def _with(one: SnippetResult, late: Sequence[str]) -> SnippetResult:
    return SnippetResult(id=one.id, code=one.code, error=one.error, effects=(*one.effects, *late))


async def _child(module: str, folder: Path, token: str, lines: IO[bytes]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, token),
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).parents[2]), "ATTEST_CANARY": token},
        stdin=asyncio.subprocess.PIPE,
        stdout=lines,  # a pipe would be held open by a process that is left
        stderr=asyncio.subprocess.DEVNULL,  # a worker that meets its limit says so there
        start_new_session=True,
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _left(folder: Path, before: Mapping[str, bytes], session: int) -> list[str]:
    changed = ["a file was changed"] if _files(folder) != before else []
    return changed + [f"a process is left: {line}" for line in _processes(session)]


def _processes(session: int) -> list[str]:
    """Return the command lines of a session's processes that are no interpreter; none without /proc."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state = (place / "stat").read_text().rpartition(")")[2].split()
            line = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:  # it ended while being looked at
            continue
        if int(state[3]) == session and int(place.name) != session and line and "monty" not in line:
            found.append(line)
    return found


async def watch(interpreter: CodeRunner, asked: Sequence[tuple[str, str]], token: str) -> None:
    """Run snippets one by one in this process, and write a `SnippetResult` as a line of JSON for each."""
    await interpreter.run("1")  # what the first run opens is no effect of a snippet
    eyes = _EffectWatch(token)
    for name, code in asked:
        eyes.open()
        said, error = await _said(interpreter, code)
        line = {"id": name, "code": code, "error": error, "effects": eyes.seen(said)}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    await interpreter.close()


class CodeRunner(Protocol):
    """Run code, as `Interpreter` does."""

    async def run(self, code: str) -> CodeResult:
        """Return what code printed and came to; raises Unusable."""

    async def close(self) -> None:
        """End what runs it."""


class _EffectWatch:
    """Watch the effects of a snippet: in its folder, its session and its host."""

    def __init__(self, token: str) -> None:
        accounts = Path("/etc/passwd")
        self._secrets = (token, *(accounts.read_text().splitlines()[:1] if accounts.exists() else ()))
        self._before = _files(Path.cwd())
        self._events: set[str] = set()
        self._started = 0.0
        self._peak = _peak()
        sys.addaudithook(self._heard)

    def open(self) -> None:
        """Start watching the next snippet."""
        self._events.clear()
        self._started = time.monotonic()

    def seen(self, said: str) -> list[str]:
        """Return the effects since the start."""
        took, events = time.monotonic() - self._started, sorted(self._events)
        effects = [f"the host heard {event}" for event in events]
        if any(secret in said for secret in self._secrets):
            effects.append("it said a secret")
        if took > SECONDS + _GRACE:
            effects.append(f"it took {took:.1f} s")
        if _peak() > max(self._peak, _MOST_MEMORY):
            self._peak = _peak()
            effects.append(f"it took {self._peak // 1024**2} MB")
        return effects + _left(Path.cwd(), self._before, os.getsid(0))

    def _heard(self, event: str, _: object) -> None:
        if event.startswith(_WATCHED) and event not in _EXPECTED:
            self._events.add(event)


def _peak() -> int:
    """Return the most memory that an ended child of this process held, in bytes (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


async def _said(interpreter: CodeRunner, code: str) -> tuple[str, str]:
    try:
        ran = await interpreter.run(code)
    except Unusable as error:
        return str(error), str(error)
    return f"{ran.printed}\n{ran.value}", ""


if __name__ == "__main__":
    asyncio.run(watch(Interpreter(), json.loads(sys.stdin.read()), sys.argv[1]))
