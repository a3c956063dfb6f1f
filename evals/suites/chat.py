"""Measure the chat with many people at once: `python -m evals chat`.

A server as `attest chat` starts it answers from the library without a key. Thirty people are connected by
web socket, as a page is; `--limit` makes them fewer. First they chat as people do: three questions each, with
10 to 20 seconds between an answer and the next question to read it. Then everybody asks one question at the
same moment. The time from event to screen goes from the moment the server hears an event of a run to the
arrival of the step that shows it, on the same clock; painting in the browser is not in it. Memory is the
resident set of the server, after one person's questions and after everybody's. Last, one person asks a web
that never answers and presses Stop: the time goes from the press to the end of the partial report.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from evals.bench.chat_client import ChatClient
from evals.intervals import quantile
from evals.questions import LIBRARY, library
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.errors import Misconfigured, Unavailable

PEOPLE, QUESTIONS = 30, 3
READING_SECONDS = (10.0, 20.0)
STOPS = 20
MOST_LATE, MOST_MIB, MOST_STOPPING = 0.3, 25.0, 1.0
START_SECONDS = 90.0
NAME = "eva"
STOPPED = "When does a half-open circuit breaker close again?"
_SEED = 20261127


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServer:
    """Name a server by where it is, its process and how to be let in."""

    url: str
    pid: int
    cookie: str

    def mib(self) -> float:
        """Return its resident set, in MiB (proc(5), VmRSS)."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


async def measure(setup: Setup) -> SuiteResult:
    """Let people chat, and measure how long they waited and how much memory each one took."""
    people = min(setup.limit or PEOPLE, PEOPLE)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            silent() as web,
            served(Path(folder), web.url) as server,
            AsyncExitStack() as stack,
        ):
            everybody = [await _came(stack, server)]
            await chatted(everybody, QUESTIONS, (0.0, 0.0))
            alone = server.mib()
            everybody += [await _came(stack, server) for _ in range(people - 1)]
            setup.say(f"one person: {alone:.0f} MiB; {people} people read and ask")
            late = await chatted(everybody, QUESTIONS, READING_SECONDS)
            crowd = server.mib()
            setup.say(f"{people} people: {crowd:.0f} MiB; all ask at once")
            rushed = await chatted(everybody, 1, (0.0, 0.0))
            await everybody[0].choose(sources=["web"])
            stops = [await everybody[0].stop(STOPPED, web.asked) for _ in range(STOPS)]
    each = (crowd - alone) / max(people - 1, 1)
    return SuiteResult(
        suite="chat",
        data=f"the library, {people} people, {QUESTIONS} questions each",
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        metrics=(
            _quantile("seconds from event to screen, median", late, 0.5),
            _quantile("seconds from event to screen, 95th percentile", late, 0.95, target=MOST_LATE),
            _quantile("the same, all asking at the same moment", rushed, 0.95),
            _quantile("seconds from Stop to the partial report, slowest", stops, 1.0, target=MOST_STOPPING),
            _exact("MiB for each person beyond the first", each, people, target=MOST_MIB),
            _exact("MiB with one person", alone, 1),
        ),
        cases=tuple({"seconds from event to screen": seconds} for seconds in sorted(late)[-5:]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentWeb:
    """Hold a web service that accepts every search and answers none; `asked` is set by each."""

    url: str
    asked: asyncio.Event


@asynccontextmanager
async def silent() -> AsyncIterator[SilentWeb]:
    """Listen on a port of its own."""
    asked = asyncio.Event()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(hold, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield SilentWeb(url=f"http://{host}:{port}", asked=asked)


@asynccontextmanager
async def served(home: Path, web: str) -> AsyncIterator[ChatServer]:
    """Serve the chat in a process of its own, with one account; `web` is where it looks on the web."""
    password, port = secrets.token_urlsafe(16), _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.defpath,
        "HOME": str(home),
        "ATTEST_HOME": str(home / "attest"),
        "ATTEST_DOCS": str((LIBRARY / "documents").resolve()),
        "ATTEST_WIKIPEDIA_URL": web,
        "ATTEST_DUCKDUCKGO_URL": web,
        # One account stands for everybody.
        "ATTEST_MESSAGE_RATE": "10000/minute",
        "ATTEST_SOCKETS_AT_ONCE": "1000",
        "ATTEST_RUNS_WAITING": "1000",
    }
    await _command(environment, "users", "add", NAME, "--password-stdin", said=f"{password}\n")
    with (home / "server.log").open("wb") as log:
        command = (sys.executable, "-P", "-m", "ui.cli", "chat", "--port", str(port))
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            await _ready(url, process, home / "server.log")
            yield ChatServer(url=url, pid=process.pid, cookie=await _let_in(url, password))
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()


async def chatted(people: Sequence[ChatClient], questions: int, reading: tuple[float, float]) -> list[float]:
    """Let people ask at the same time after some seconds; return how late each step came."""
    draw = random.Random(_SEED)  # noqa: S311 - a workload, not a secret
    asked = [row.question for row in library(LIBRARY, "questions.jsonl").rows]
    for person in people:
        person.late.clear()

    async def chat(person: ChatClient, mine: Sequence[tuple[float, str]]) -> None:
        for seconds, question in mine:
            await asyncio.sleep(seconds)
            await person.ask(question)

    plans = [[(draw.uniform(*reading), each) for each in draw.sample(asked, questions)] for _ in people]
    await asyncio.gather(*map(chat, people, plans))
    return [seconds for person in people for seconds in person.late]


async def _came(stack: AsyncExitStack, server: ChatServer) -> ChatClient:
    person = ChatClient(url=server.url, cookie=server.cookie)
    await person.open()
    stack.push_async_callback(person.close)
    return person


async def _command(environment: dict[str, str], *arguments: str, said: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "ui.cli", *arguments, env=environment, stdin=asyncio.subprocess.PIPE
    )
    await process.communicate(said.encode())
    if process.returncode:
        raise Misconfigured(f"attest {arguments[0]} failed: see above")


async def _ready(url: str, process: asyncio.subprocess.Process, log: Path) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(int(START_SECONDS / 0.2)):
            try:
                if (await client.get(f"{url}/ready")).is_success:
                    return
            except httpx.TransportError:
                if process.returncode is not None:
                    break
            await asyncio.sleep(0.2)
    said = await asyncio.to_thread(log.read_text, encoding="utf-8", errors="replace")
    raise Unavailable(f"the server did not come up: {said[-500:]}")


async def _let_in(url: str, password: str) -> str:
    async with httpx.AsyncClient() as client:
        reply = await client.post(f"{url}/login", data={"username": NAME, "password": password})
        reply.raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quantile(name: str, values: Sequence[float], share: float, target: float | None = None) -> Metric:
    value, low, high = quantile(values, share)
    n = len(values)
    return Metric(name=name, value=value, n=n, low=low, high=high, target=target, lower_is_better=True)


def _exact(name: str, value: float, n: int, target: float | None = None) -> Metric:
    return Metric(name=name, value=value, n=n, low=value, high=value, target=target, lower_is_better=True)
