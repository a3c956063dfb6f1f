"""A server on this machine that makes vectors as Gemini's does: `models/<id>:batchEmbedContents`."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

KEY = "a-key-for-tests"
_PATH = re.compile(r"/v1beta/models/([^:?]+):batchEmbedContents")


@dataclass(slots=True, kw_only=True)
class EmbeddingService:
    """Keep what was asked; answer `failures` first, each a status, then a vector for each text.

    `short` leaves out the last vector of each answer; `arriving` is told the number of each request, from 1.
    """

    url: str = ""
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)
    short: bool = False
    arriving: Callable[[int], None] = lambda _: None

    @property
    def texts(self) -> list[str]:
        """Return every text that was sent, in order."""
        return [request["content"]["parts"][0]["text"] for body in self.asked for request in body["requests"]]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it ends."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                headers = dict(re.findall(r"^([\w-]+): *(.*?)\r$", head.lower(), re.MULTILINE))
                body = json.loads(await reader.readexactly(int(headers.get("content-length", "0"))))
                status, answer = self._answer(head, headers, body)
                text = json.dumps(answer).encode()
                line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
                writer.write(f"{line}Content-Length: {len(text)}\r\n\r\n".encode() + text)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # whoever asks may hang up
        finally:
            writer.close()

    def _answer(
        self, head: str, headers: Mapping[str, str], body: Mapping[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        if headers.get("x-goog-api-key") != KEY:
            return 400, _error(400, "INVALID_ARGUMENT", "API_KEY_INVALID")
        if not _PATH.search(head):
            return 404, _error(404, "NOT_FOUND")
        self.asked.append(body)
        self.arriving(len(self.asked))
        if self.failures:
            return self.failures[0], _error(self.failures.pop(0), "UNAVAILABLE")
        vectors = [{"values": _values(r["content"]["parts"][0]["text"])} for r in body["requests"]]
        return 200, {"embeddings": vectors[:-1] if self.short else vectors}


@asynccontextmanager
async def embedding_service() -> AsyncIterator[EmbeddingService]:
    """Serve on the loopback address until left."""
    served = EmbeddingService()
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield served
    finally:
        server.close()


def _values(text: str) -> list[float]:
    """Count the letters of a text: texts of the same letters are near."""
    return [text.lower().count(letter) + 0.001 for letter in "abcdefghijklmnop"]


def _error(status: int, name: str, reason: str = "") -> dict[str, Any]:
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    details = [{"@type": kind, "reason": reason}] if reason else []
    return {"error": {"code": status, "status": name, "message": "Words of the service.", "details": details}}
