"""Define the rules of routes, and find the rule of a request; no rule means 404."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from ui.server.security.http_forms import CheckedForm
from ui.server.security.identifiers import ID
from ui.server.security.security_headers import ANSWER
from ui.server.web.problems import Problem

MOST_BODY = 1_048_576
"""The most bytes of a request that is no upload: an edited plan is the largest thing anybody sends."""

MOST_PART = 255
"""The most bytes of a part of a path: no file has a longer name."""

WEBSOCKET = "WEBSOCKET"
"""Stands for the method of a request that becomes a web socket."""

_PLACE = re.compile(r"\{\w+(?::(?P<kind>\w+))?\}")
_KINDS = {"": "[^/]+", "id": ID, "path": ".*"}


class RouteAccess(StrEnum):
    """Name who may use a route: anybody, a person logged in to the chat, or a caller that the API checks."""

    ANYBODY = "anybody"
    PERSON = "person"
    CALLER = "caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule:
    """Allow methods on a path; `{x:id}` stands for an id, `{x:path}` for any rest, `{x}` for one part of it.

    `body` and `query` are the forms of a request; without `query` the query string is passed on unchanged.
    `most` counts bytes of a body. `handshake`: pages of another origin may not even read it.
    `foreign`: another origin sends the request, as a provider does at a login.
    """

    path: str
    methods: tuple[str, ...]
    who: RouteAccess = RouteAccess.PERSON
    most: int = MOST_BODY
    body: type[CheckedForm] | None = None
    query: type[CheckedForm] | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: ANSWER)
    handshake: bool = False
    foreign: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern that the whole path must match."""
        pieces, at = [], 0
        for place in _PLACE.finditer(self.path):
            pieces += [re.escape(self.path[at : place.start()]), _KINDS[place["kind"] or ""]]
            at = place.end()
        return re.compile("".join([*pieces, re.escape(self.path[at:])]), re.DOTALL)


def _is_plain(path: str) -> bool:
    """Return whether each part of a path could be a file name: some are looked up on the disk."""
    return path.isprintable() and all(
        len(part.encode(errors="replace")) <= MOST_PART for part in path.split("/")
    )


class RouteRules:
    """Find rules by path and method."""

    def __init__(self, rules: Iterable[RouteRule]) -> None:
        self._rules = tuple((rule.pattern, rule) for rule in rules)

    def of(self, path: str, method: str) -> RouteRule:
        """Return the rule of a request; raises Problem 404 or 405."""
        found = [rule for pattern, rule in self._rules if pattern.fullmatch(path)]
        if not found or not _is_plain(path):
            raise Problem(
                HTTPStatus.NOT_FOUND, "there is no such page: open / for the chat, /api/docs for the API"
            )
        for rule in found:
            if method in rule.methods:
                return rule
        allowed = ", ".join(sorted({each for rule in found for each in rule.methods} - {WEBSOCKET}))
        raise Problem(
            HTTPStatus.METHOD_NOT_ALLOWED, f"this is not done here: send {allowed}", {"Allow": allowed}
        )
