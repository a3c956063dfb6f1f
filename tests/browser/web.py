"""A web on this machine: one that a test holds back, and one on which only a paid search answers."""

from __future__ import annotations

import json
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


FACT = "The Zelkova ferry leaves from pier nine at dawn."


@contextmanager
def paid_web() -> Iterator[dict[str, str]]:
    """Serve a web on which only a paid search answers; yield what a server of the chat must be told."""
    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        server.expect_request("/search", method="POST").respond_with_handler(_found)
        url = server.url_for("").rstrip("/")
        yield {
            "ATTEST_WIKIPEDIA_URL": url,
            "ATTEST_DUCKDUCKGO_URL": url,
            "ATTEST_TAVILY_URL": url,
            "ATTEST_TAVILY_KEY": "of-a-test",
        }


def _found(request: Request) -> Response:
    query = json.loads(request.data)["query"]
    hit = {"title": query, "url": "https://ferries.example/", "content": FACT}
    return Response(json.dumps({"results": [hit]}), content_type="application/json")
