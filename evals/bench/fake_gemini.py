"""Simulate Gemini on this machine: answer each role after a fixed time, or fail, model by model."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

KEY = "a-key-for-measuring"
_MODEL = re.compile(r"/models/([^:/?]+):")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_LETTERS_A_TOKEN = 4
_ANSWERS: Mapping[str, dict[str, Any]] = {
    "lines": {"lines": []},
    "findings": {"findings": [{"sentences": [1], "relevance": 0.9}, {"sentences": [2], "relevance": 0.8}]},
    "judgements": {"judgements": []},
    "sentences": {"sentences": []},
}
"""What is answered, by the field that the wanted shape begins with: the least that a role can use."""
Answer = Callable[[Mapping[str, Any]], str]
"""Return the text that answers the body of a request."""


def least(body: Mapping[str, Any]) -> str:
    """Return the least that the role can use which asks."""
    schema = body.get("generationConfig", {}).get("responseJsonSchema", {})
    return json.dumps(next((_ANSWERS[name] for name in schema.get("properties", {}) if name in _ANSWERS), {}))


@dataclass(slots=True, kw_only=True)
class Gemini:
    """Serve what `answer` says; `down` names the models that answer 503, at once.

    `asked` counts requests by model.
    """

    seconds: float
    answer: Answer = least
    down: frozenset[str] = frozenset()
    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it ends."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = _LENGTH.search(head)
                body = json.loads(await reader.readexactly(int(length[1]) if length else 0) or b"{}")
                writer.write(await self._reply(head.split(b"\r\n", 1)[0].decode(), body))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # whoever asks may hang up
        finally:
            writer.close()

    async def _reply(self, line: str, body: dict[str, Any]) -> bytes:
        found = _MODEL.search(line)
        model = found[1] if found else ""
        self.asked[model] += 1
        if model in self.down:
            error = {"error": {"code": 503, "message": "", "status": "UNAVAILABLE"}}
            return _http(HTTPStatus.SERVICE_UNAVAILABLE, "application/json", json.dumps(error))
        await asyncio.sleep(self.seconds)
        message = json.dumps(_message(model, self.answer(body), _words(body)))
        return _http(HTTPStatus.OK, "text/event-stream", f"data: {message}\r\n\r\n")


@asynccontextmanager
async def gemini(
    seconds: float, down: frozenset[str] = frozenset(), answer: Answer = least
) -> AsyncIterator[Gemini]:
    """Serve on the loopback address until left."""
    served = Gemini(seconds=seconds, down=down, answer=answer)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield served
    finally:
        server.close()


def _words(body: dict[str, Any]) -> int:
    """Count the characters of a prompt."""
    contents = (body.get("systemInstruction", {}), *body.get("contents", ()))
    return sum(len(part.get("text", "")) for content in contents for part in content.get("parts", ()))


def _message(model: str, text: str, shown: int) -> dict[str, Any]:
    prompt, answer = -(-shown // _LETTERS_A_TOKEN), -(-len(text) // _LETTERS_A_TOKEN)
    content = {"role": "model", "parts": [{"text": text}]}
    counts = {"promptTokenCount": prompt, "candidatesTokenCount": answer, "totalTokenCount": prompt + answer}
    return {
        "modelVersion": model,
        "responseId": "r1",
        "usageMetadata": counts,
        "candidates": [{"index": 0, "content": content, "finishReason": "STOP"}],
    }


def _http(status: HTTPStatus, kind: str, body: str) -> bytes:
    data = body.encode()
    head = f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: {kind}\r\ncontent-length: {len(data)}\r\n\r\n"
    return head.encode() + data
