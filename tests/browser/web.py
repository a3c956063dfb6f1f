"""A web that a test holds back: what Wikipedia and DuckDuckGo would be, on this machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

HELD_SECONDS = 60.0


class HeldWeb:
    """Answer no search before `release`, and then find nothing; `asked` is set by the first search.

    `editions` are the languages in which Wikipedia was asked.
    """

    def __init__(self, server: HTTPServer) -> None:
        self.asked = threading.Event()
        self.editions: list[str] = []
        self._open = threading.Event()
        self._server = server
        server.expect_request("/", method="GET").respond_with_handler(self._answer)
        server.expect_request(re.compile("/[a-z]+/w/api.php")).respond_with_handler(self._answer)

    @property
    def settings(self) -> dict[str, str]:
        """Return what a server of the chat must be told to look there."""
        url = self._server.url_for("").rstrip("/")
        return {
            "ATTEST_SOURCES": "documents,web",
            "ATTEST_WIKIPEDIA_URL": f"{url}/{{language}}",
            "ATTEST_DUCKDUCKGO_URL": url,
        }

    def release(self) -> None:
        """Let every search find nothing from now on."""
        self._open.set()

    def _answer(self, request: Request) -> Response:
        if request.path.endswith("/w/api.php"):
            self.editions.append(request.path.split("/")[1])
        self.asked.set()
        self._open.wait(HELD_SECONDS)
        return Response('{"batchcomplete": true, "query": {"search": []}}', content_type="application/json")


@contextmanager
def held_web() -> Iterator[HeldWeb]:
    """Serve it on a port of its own."""
    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        held = HeldWeb(server)
        yield held
        held.release()
