"""A server on this machine that takes traces as LangSmith does.

It knows `/info`, `/runs`, `/runs/batch` and `/runs/multipart`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, cast

KEY = "lsv2-a-key-for-tests"
INFO = {"version": "0.0.0", "batch_ingest_config": {"use_multipart_endpoint": True, "size_limit": 100}}


def _open() -> Event:
    gate = Event()
    gate.set()
    return gate


@dataclass(slots=True, kw_only=True)
class LangSmith:
    """Keep what was posted: bodies as they came, and of each run what was said of it so far, by its id.

    A `status` above 300 is answered in place of all else; while the `gate` is shut every answer waits.
    Without `multipart` it is a server of old that knows batches only.
    """

    url: str = ""
    key: str = KEY
    status: int = 202
    multipart: bool = True
    gate: Event = field(default_factory=_open)
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    runs: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        """Return all that was posted."""
        return b"\n".join(self.bodies)

    def named(self, name: str) -> list[dict[str, Any]]:
        """Return the runs of a name, in the order in which they began."""
        found = [run for run in self.runs.values() if run["name"] == name]
        return sorted(found, key=lambda run: str(run["start_time"]))

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """Read a request and return the status of the answer."""
        self.asked.append(path)
        self.bodies.append(body)
        self.gate.wait()
        if headers.get("x-api-key") != self.key:
            return 401
        if self.status >= 300:
            return self.status
        if path.endswith("/multipart"):
            return self._parts(headers["Content-Type"], body) if self.multipart else 404
        said = json.loads(body)
        for run in (*said.get("post", ()), *said.get("patch", ())) if path.endswith("/batch") else (said,):
            self._say(run.get("id") or path.rpartition("/")[2], run)
        return 202

    def _parts(self, kind: str, body: bytes) -> int:
        """Read parts named as `post.<id>` or `patch.<id>.outputs`."""
        message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=HTTP)
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition")).split(".")
            value = json.loads(cast("bytes", part.get_payload(decode=True)))
            self._say(name[1], {name[2]: value} if len(name) > 2 else value)
        return 202

    def _say(self, run: str, said: Mapping[str, Any]) -> None:
        known = self.runs.setdefault(run, {})
        known.update({name: value for name, value in said.items() if value is not None})


@contextmanager
def langsmith(**kept: Any) -> Iterator[LangSmith]:  # noqa: ANN401  # the fields of the fake
    """Serve on the loopback address, in threads: a client that blocks its loop is answered all the same."""
    fake = LangSmith(**kept)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    serving = Thread(target=server.serve_forever, args=(0.02,))
    serving.start()
    try:
        yield fake
    finally:
        fake.gate.set()
        server.shutdown()
        serving.join()
        server.server_close()


def _handler(fake: LangSmith) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            fake.asked.append(self.path)
            self._answer(200, INFO)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(fake.take(self.path, dict(self.headers), body), {})

        do_PATCH = do_POST  # noqa: N815  # the name is the library's

        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, status: int, said: object) -> None:
            data = json.dumps(said).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # whoever asked did not wait

    return Handler
