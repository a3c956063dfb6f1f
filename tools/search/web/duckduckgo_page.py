"""Ask DuckDuckGo's page for plain browsers, through the engine of the library ddgs.

Imported late: the library and its HTTP client cost 70 ms, and only this tool needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import primp
from ddgs.engines.duckduckgo import Duckduckgo
from ddgs.results import TextResult

from graph.errors import AttestError, Misconfigured, Unavailable
from tools.net.endpoint import Endpoint
from tools.net.http_reply import Reply, host_and_port, reply_error
from tools.search_results import FoundItem

_RESULT = "result__a"
_NOTHING = "no-result"  # stands in the page that says so; one with neither of both is a challenge


@dataclass
class _Hit(TextResult):
    """Keep the link as it is in the page: the library decodes its own `href` once too often."""

    link: str = ""


class ResultPage(Duckduckgo):
    """Read the first page of results, or raise why there is none; make a new one for each call."""

    elements_xpath: ClassVar[Mapping[str, str]] = {**Duckduckgo.elements_xpath, "link": ".//h2/a/@href"}

    def __init__(self, endpoint: Endpoint, *, seconds: int, now: float) -> None:
        super().__init__(timeout=seconds)
        self.search_url = f"{endpoint.url}/html/"
        self._endpoint = endpoint
        self._now = now

    @property
    def result_type(self) -> type[TextResult]:
        """Return the type the library fills."""
        return _Hit

    def items(self, query: str, region: str | None = None) -> list[FoundItem]:
        """Return the results without advertisements, best first; raises as `HttpClient.fetch` does.

        Without a region, the library's default is asked for.
        """
        hits = self.search(query, region=region) if region else self.search(query)
        if hits is None:
            raise self._challenged()
        return [_item(hit) for hit in hits if isinstance(hit, _Hit)]

    def request(self, method: str, url: str, *, data: Mapping[str, str]) -> str:
        """Return the page; the library's own method loses the reason when there is none."""
        try:
            reply = self.http_client.client.request(method, url, data=data, follow_redirects=False)
            status, headers, text = reply.status_code, reply.headers, reply.text
        except primp.PrimpError as error:
            raise self._broken(error) from error
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise reply_error(self._endpoint, Reply(status=status, headers=headers), self._now)
        return text

    def extract_results(self, html_text: str) -> list[TextResult]:
        """Return the results in a page; raise Unavailable for a page that is no page of results."""
        results: list[TextResult] = []
        if _RESULT in html_text:
            with suppress(ValueError):  # the parser's word for a page that calls itself XML
                results = super().extract_results(html_text)
        if not results and _NOTHING not in html_text:
            raise self._challenged()
        return results

    def _challenged(self) -> Unavailable:
        return Unavailable(
            f"{host_and_port(self._endpoint)} showed no results but a challenge, or a page unknown"
        )

    def _broken(self, error: primp.PrimpError) -> AttestError:
        match error:
            case primp.BuilderError():
                return Misconfigured(
                    f"ATTEST_{self._endpoint.name}_URL is no address: write it as https://host"
                )
            case primp.TimeoutError():
                return Unavailable(f"{host_and_port(self._endpoint)} did not answer in time")
            case primp.ConnectError():
                return Unavailable(f"{host_and_port(self._endpoint)} cannot be reached")
            case _:
                return Unavailable(f"{host_and_port(self._endpoint)} broke off")


def _item(hit: _Hit) -> FoundItem:
    return FoundItem(title=hit.title, url=_unwrapped(hit.link), text=hit.body)


def _unwrapped(link: str) -> str:
    """Return the target of a link; nothing for an advertisement, whose link leads through the engine."""
    try:
        parts = urlsplit(link)
        if parts.hostname == "duckduckgo.com" and parts.path == "/l/":
            link = parse_qs(parts.query).get("uddg", [""])[0]
            parts = urlsplit(link)
    except ValueError:
        return ""
    return "" if parts.hostname == "duckduckgo.com" and parts.path == "/y.js" else link
