"""Search GitHub: repositories, and the issues in which their users and makers talk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from pydantic import BaseModel, Field

from graph.tool import Group, ToolSpec, Trust
from tools.net.endpoint import Address
from tools.net.http_client import Request
from tools.net.query_keywords import keywords
from tools.search.search_service import DAY, SearchService
from tools.search_results import FoundItem, SearchArguments

_LONGEST = 240  # the service takes 256 characters, qualifiers included


class _Repository(BaseModel):
    full_name: str
    html_url: str
    description: str | None = None
    topics: list[str] = Field(default_factory=list)
    language: str | None = None
    pushed_at: str | None = None


class _Issue(BaseModel):
    title: str
    html_url: str
    body: str | None = None
    created_at: str | None = None


class _Repositories(BaseModel):
    items: list[_Repository]


class _Issues(BaseModel):
    items: list[_Issue]


class GitHub(SearchService):
    """Find software, and what is reported and discussed about it."""

    address = Address(name="GITHUB", url="https://api.github.com", key="optional")
    spec = ToolSpec(
        name="github",
        version="1",
        purpose="find software and what is reported about it on GitHub",
        arguments=SearchArguments,
        group=Group.COMMUNITY,
        deterministic=True,
        latency=1.5,
        timeout=15.0,
        at_once=2,
        rate="5/minute",
        ttl=DAY,
        trust=Trust.OPEN,
    )

    async def find(self, asked: SearchArguments) -> Iterable[FoundItem]:
        """Return issues and repositories by turns, each best first; two requests."""
        words = " ".join(keywords(asked.query, _LONGEST))
        issues = await self.client.read(
            self.endpoint, self._request("issues", f"{words} is:issue", asked.limit), _Issues
        )
        repositories = await self.client.read(
            self.endpoint, self._request("repositories", words, asked.limit), _Repositories
        )
        return _by_turns(map(_discussed, issues.items), map(_described, repositories.items))

    def _request(self, kind: str, query: str, limit: int) -> Request:
        key = self.endpoint.key
        return Request(
            path=f"/search/{kind}",
            params={"q": query, "per_page": limit},
            headers={
                "accept": "application/vnd.github+json",
                "x-github-api-version": "2022-11-28",
                **({"authorization": f"Bearer {key.get_secret_value()}"} if key else {}),
            },
        )


def _by_turns(first: Iterator[FoundItem], second: Iterator[FoundItem]) -> Iterator[FoundItem]:
    return (item for item in chain.from_iterable(zip_longest(first, second)) if item is not None)


def _discussed(issue: _Issue) -> FoundItem:
    body = _visible(issue.body or "")
    return FoundItem(
        title=issue.title, url=issue.html_url, text=body or issue.title, published=issue.created_at
    )


def _described(repository: _Repository) -> FoundItem:
    facts = {"Language": repository.language, "Topics": ", ".join(repository.topics)}
    lines = [f"{name}: {fact}" for name, fact in facts.items() if fact]
    return FoundItem(
        title=repository.full_name,
        url=repository.html_url,
        text="\n\n".join([f"{repository.full_name}: {repository.description or 'no description'}", *lines]),
        published=repository.pushed_at,
    )


def _visible(body: str) -> str:
    """Leave out what Markdown hides in comments: nobody who reads the page sees it."""
    first, *hidden = body.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in hidden)
