"""Fetch one page of the web and read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, StringConstraints

from graph.errors import Misconfigured, Unavailable, Unusable
from graph.events import Announce
from graph.records import Clock, Result, Run
from graph.tool import Group, ToolSpec, Trust
from guards.urls.fetchable import LONGEST_URL, host_of
from tools.documents.parser import Parser
from tools.net.http_reply import retry_after
from tools.page.connections import Connections, PageResponse
from tools.page.media_types import MediaType, document, is_readable, media_type
from tools.page.pinned_backend import Resolve, resolve
from tools.page.redirects import follow
from tools.page.relevant_passages import relevant
from tools.page.robots import Robots
from tools.search_results import LONGEST_QUERY, FoundItem, snapshot

MOST_BYTES = 10 * 1000 * 1000
_HOUR = 3600.0
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_WHOLE = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})


class PageArguments(BaseModel, frozen=True, extra="forbid"):
    """Ask for a page, and for at most 50 of its passages; without a query these are its first."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_URL, strip_whitespace=True)]
    query: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetched:
    url: str
    media: MediaType
    body: bytes


def _domain(arguments: BaseModel) -> str:
    return host_of(_asked(arguments).url)


class Page:
    """Read a page as a person would see it: HTML, text or a document of any format that files have."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="page",
        version="3",
        purpose="fetch one page of the web by its address and read it",
        arguments=PageArguments,
        group=Group.PAGE,
        deterministic=True,
        latency=1.5,
        timeout=20.0,
        patience=45.0,
        at_once=16,
        ttl=_HOUR,
        trust=Trust.OPEN,
        domain=_domain,
        host="the host of its address",
    )

    def __init__(
        self,
        *,
        parser: Parser,
        clock: Clock,
        private_hosts: Collection[str] = (),
        contact: str = "",
        resolve: Resolve = resolve,
    ) -> None:
        self._connections = Connections(look_up=resolve, private_hosts=private_hosts, contact=contact)
        self._robots = Robots(self._connections, clock=clock)
        self._parser = parser
        self._clock = clock

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002  # a page needs neither
        """Return the page as a source; raises Refused, Unavailable or Unusable with the reason."""
        asked = _asked(arguments)
        fetched = await self._fetch(asked.url)
        return await self._parser.aside(partial(self._read, fetched, asked))

    async def close(self) -> None:
        """Close the connections; whoever made the parser closes it."""
        await self._connections.close()

    async def _fetch(self, url: str) -> _Fetched:
        async with follow(self._connections, url, self._robots.permit) as answer:
            self._check(answer)
            said = media_type(answer.headers.get("content-type", ""))
            if not is_readable(said):
                raise Unusable(f"{answer.host} sent a file of a kind that is not read")
            return _Fetched(url=answer.url, media=said, body=await _whole(answer))

    def _check(self, answer: PageResponse) -> None:
        if answer.status in _WHOLE:
            return
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _BUSY:
            wait = retry_after(answer.headers, self._clock())
            raise Unavailable(f"{answer.host} answered {answer.status}", retry_after=wait)
        raise Unusable(f"{answer.host} answered {answer.status}")

    def _read(self, fetched: _Fetched, asked: PageArguments) -> Result:
        try:
            parsed = self._parser.parse(*document(fetched.media, fetched.body, urlsplit(fetched.url).path))
        except Unusable as error:
            raise Unusable(f"the page on {host_of(fetched.url)} cannot be read: {error}") from error
        made = snapshot(
            FoundItem(
                title=parsed.title or "",
                url=fetched.url,
                text=parsed.text,
                published=parsed.published,
                author=parsed.author,
                language=parsed.language,
                outline=parsed.outline,
            ),
            self._clock(),
        )
        return Result(
            snapshots=(made,),
            passages=relevant(made, asked.query, asked.limit),
            detail=f"{len(fetched.body):,} bytes from {host_of(fetched.url)}",
        )


async def _whole(answer: PageResponse) -> bytes:
    """Return the body; stop as soon as it is too long, whatever its header says."""
    held = bytearray()
    async for piece in answer.pieces():
        held += piece
        if len(held) > MOST_BYTES:
            raise Unusable(f"the page on {answer.host} has more than {MOST_BYTES // 1_000_000} MB")
    if not held:
        raise Unusable(f"the page on {answer.host} is empty")
    return bytes(held)


def _asked(arguments: BaseModel) -> PageArguments:
    if isinstance(arguments, PageArguments):
        return arguments
    raise Misconfigured(f"page was given {type(arguments).__name__}: give PageArguments")
