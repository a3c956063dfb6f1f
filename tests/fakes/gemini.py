"""A server on this machine that speaks Gemini's wire format, over HTTP/1.1.

By hand: `python -m tests.fakes.gemini --port 0 --rules rules.json`, where the rules are a list of
`{"contains": "words of the prompt", "reply": {"text": "...", "pieces": 3}}`; the first that fits answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import socket
import struct
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

KEY = "a-key-for-tests"
GENERATE, STREAM, COUNT = "generateContent", "streamGenerateContent", "countTokens"
_PATH = re.compile(r"/v1beta/models/([^:?]+):(\w+)")
_STATUSES = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}
_STATUSES |= {429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
_CHUNKED = "Transfer-Encoding: chunked"
_TYPES = "type.googleapis.com/google.rpc."


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Count tokens as Gemini does: `cached` are among those of the prompt, `thoughts` beside the answer."""

    prompt: int
    answer: int
    thoughts: int = 0
    cached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Say what the server does; as it stands, it answers "Yes.".

    A stream has so many `pieces`. `blocked` names why there is no candidate, `finish` why the answer ended
    ("" cuts it). `status` above 200 is an error with its `reason`, RetryInfo `delay` ("7s") and Retry-After
    `wait`. `body` is sent in place of all that. After `reset_after` pieces the connection is reset. It all
    begins after so many `seconds`, and each further piece comes `apart` seconds after the one before.
    """

    text: str = "Yes."
    pieces: int = 1
    finish: str = "STOP"
    blocked: str = ""
    candidates: bool = True
    usage: Usage | None = None
    counted: bool = True
    status: int = 200
    reason: str = ""
    delay: str = ""
    wait: str = ""
    body: str | None = None
    reset_after: int | None = None
    seconds: float = 0.0
    apart: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold a request as it came; header names are in lower case."""

    model: str
    method: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def system(self) -> str:
        """Return the instruction."""
        return _words(self.body.get("systemInstruction", {}))

    @property
    def user(self) -> str:
        """Return the question."""
        return "".join(_words(content) for content in self.body.get("contents", ()))

    @property
    def config(self) -> Mapping[str, Any]:
        """Return the settings of the generation, with the schema of the answer among them."""
        config: Mapping[str, Any] = self.body.get("generationConfig", {})
        return config


Rule = Callable[[Asked], Reply]


def _yes(_: Asked) -> Reply:
    return Reply()


def _open() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass(slots=True, kw_only=True)
class Gemini:
    """Answer by the scripted replies, one a request, then by the rule; keep what was asked and billed.

    While the `gate` is shut every reply waits; `arrived` is set by the first request.
    """

    url: str = ""
    key: str = KEY
    rule: Rule = _yes
    gate: asyncio.Event = field(default_factory=_open)
    asked: list[Asked] = field(default_factory=list)
    billed: list[tuple[str, Usage]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    serving: set[asyncio.Future[Any]] = field(default_factory=set)
    _script: deque[Reply] = field(default_factory=deque)

    def script(self, *replies: Reply) -> None:
        """Let the next requests be answered so, in this order."""
        self._script.extend(replies)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it ends."""
        self.serving.add(task := cast("asyncio.Task[None]", asyncio.current_task()))
        task.add_done_callback(self.serving.discard)
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                self.arrived.set()
                await self._reply(asked, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # whoever asks may hang up, and a server that is closed hangs up itself
        finally:
            writer.close()

    async def _reply(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.headers.get("x-goog-api-key") != self.key:
            reply = Reply(status=400, reason="API_KEY_INVALID")
        elif asked.method == COUNT:
            reply = Reply(body=json.dumps({"totalTokens": _estimate(asked, "").prompt}))
        else:
            reply = self._script.popleft() if self._script else self.rule(asked)
        await asyncio.sleep(reply.seconds)
        await self.gate.wait()
        if reply.status == HTTPStatus.OK and reply.body is None:
            self.billed.append((asked.model, reply.usage or _estimate(asked, reply.text)))
        await _send(asked, reply, writer)


@asynccontextmanager
async def gemini(*, key: str = KEY, rule: Rule = _yes, port: int = 0) -> AsyncIterator[Gemini]:
    """Serve on the loopback address; connections still open at the end are dropped."""
    fake = Gemini(key=key, rule=rule)
    server = await asyncio.start_server(fake.serve, "127.0.0.1", port)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield fake
    finally:
        server.close()
        for task in (going := tuple(fake.serving)):
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)


def ruled(rules: list[Mapping[str, Any]]) -> Rule:
    """Return the rule of a list as the module describes it; what no entry fits is answered "Yes." or {}."""

    def reply(asked: Asked) -> Reply:
        for rule in rules:
            if str(rule.get("contains", "")) in asked.system + asked.user:
                given = dict(rule["reply"])
                usage = given.pop("usage", None)
                return Reply(**given, usage=Usage(**usage) if usage else None)
        return Reply(text="{}") if "responseJsonSchema" in asked.config else _yes(asked)

    return reply


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    path = _PATH.match(head[0].split(" ")[1])
    model, method = (path[1], path[2]) if path else ("", "")
    return Asked(model=model, method=method, headers=headers, body=json.loads(body or b"{}"))


async def _send(asked: Asked, reply: Reply, writer: asyncio.StreamWriter) -> None:
    if reply.status != HTTPStatus.OK or reply.body is not None:
        kind, pieces = "application/json", [json.dumps(_error(reply)) if reply.body is None else reply.body]
    elif asked.method == STREAM:
        kind, pieces = "text/event-stream", [f"data: {json.dumps(c)}\r\n\r\n" for c in _chunks(asked, reply)]
    else:
        whole = _message(reply, asked, reply.text, reply.text, last=True)
        kind, pieces = "application/json", [json.dumps(whole)]
    phrase = HTTPStatus(reply.status).phrase
    wait = f"Retry-After: {reply.wait}\r\n" if reply.wait else ""
    head = f"HTTP/1.1 {reply.status} {phrase}\r\nContent-Type: {kind}\r\n{wait}{_CHUNKED}\r\n\r\n"
    for number, piece in enumerate([head, *pieces]):
        if reply.reset_after is not None and number > reply.reset_after:
            _reset(writer)
            return
        if number > 1 and reply.apart:
            await asyncio.sleep(reply.apart)
        data = piece.encode()
        if data:
            writer.write(data if number == 0 else b"%x\r\n%b\r\n" % (len(data), data))
        await writer.drain()
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Send RST in place of FIN: with nothing to linger for, closing is resetting."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _chunks(asked: Asked, reply: Reply) -> Iterator[dict[str, Any]]:
    """Cut the answer into pieces; the counts of each are those of all so far, as Gemini sends them."""
    size = max(1, -(-len(reply.text) // reply.pieces))
    for at in range(0, max(1, len(reply.text)), size):
        so_far = reply.text[: at + size]
        yield _message(reply, asked, reply.text[at : at + size], so_far, last=at + size >= len(reply.text))


def _message(reply: Reply, asked: Asked, text: str, so_far: str, *, last: bool) -> dict[str, Any]:
    message: dict[str, Any] = {"modelVersion": asked.model, "responseId": "r1"}
    if reply.counted:
        message["usageMetadata"] = _counts(reply.usage or _estimate(asked, reply.text), so_far, reply.text)
    if reply.blocked:
        return {**message, "promptFeedback": {"blockReason": reply.blocked}}
    if reply.candidates:
        candidate: dict[str, Any] = {"index": 0}
        if text:
            candidate["content"] = {"role": "model", "parts": [{"text": text}]}
        if last and reply.finish:
            candidate["finishReason"] = reply.finish
        message["candidates"] = [candidate]
    return message


def _counts(usage: Usage, so_far: str, text: str) -> dict[str, int]:
    answer = usage.answer * len(so_far) // (len(text) or 1)
    counts = {"promptTokenCount": usage.prompt, "totalTokenCount": usage.prompt + answer + usage.thoughts}
    more = {
        "candidatesTokenCount": answer,
        "thoughtsTokenCount": usage.thoughts,
        "cachedContentTokenCount": usage.cached,
    }
    return counts | {name: count for name, count in more.items() if count}


def _estimate(asked: Asked, text: str) -> Usage:
    """Count a token for each four characters begun."""
    return Usage(prompt=-(-len(asked.system + asked.user) // 4), answer=-(-len(text) // 4))


def _error(reply: Reply) -> dict[str, Any]:
    known = (("ErrorInfo", "reason", reply.reason), ("RetryInfo", "retryDelay", reply.delay))
    details = [{"@type": _TYPES + kind, name: value} for kind, name, value in known if value]
    status = _STATUSES.get(reply.status, "UNKNOWN")
    told = {"code": reply.status, "message": "Words of the service.", "status": status, "details": details}
    return {"error": told}


def _words(content: Mapping[str, Any]) -> str:
    return "".join(str(part.get("text", "")) for part in content.get("parts", ()))


async def _main() -> None:
    options = argparse.ArgumentParser(description="Play Gemini on this machine.")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--key", default=KEY)
    options.add_argument("--rules", type=Path, help="a JSON file of rules")
    given = options.parse_args()
    rules = (
        json.loads(given.rules.read_text(encoding="utf-8")) if given.rules else []
    )  # nothing is served yet
    async with gemini(key=given.key, rule=ruled(rules), port=given.port) as fake:
        print(fake.url, flush=True)  # noqa: T201  # whoever starts it by hand needs the address
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
