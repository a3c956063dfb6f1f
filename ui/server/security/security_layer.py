"""Stand in front of everything a server serves, and let in what the table of rules allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from ui.server.people.accounts import Account
from ui.server.security.cookies import cleaned
from ui.server.security.hosts import Hosts
from ui.server.security.http_forms import Form, OfSession
from ui.server.security.origins import ELSEWHERE, SAFE, Site, site_of
from ui.server.security.request_bodies import asked, checked, limited, query_of, rewritten, whole
from ui.server.security.route_rules import WEBSOCKET, Rule, Rules, Who
from ui.server.security.security_headers import ANSWER, add
from ui.server.web.problems import MEDIA_TYPE, Problem, answer

Visitor = Callable[[Request], Awaitable[Account | None]]
"""Say whose browser asks, by the session of the chat; None for nobody's."""
Owner = Callable[[str], str | None]
"""Say the id of the account that sits at a session of the chat; None where there is no such session."""

LOG_IN = "log in to the chat first: open /login"
FAILED = "something failed here: its operator finds the reason in the log"


@dataclass(slots=True)
class Visit:
    """Hold what was found out about a request, for its answer."""

    rule: Rule | None = None
    secure: bool = False
    started: bool = False

    @property
    def headers(self) -> Mapping[str, str]:
        """Return what its answer must say to browsers."""
        return self.rule.headers if self.rule else ANSWER


class Layer:
    """Judge each request and each web socket by the rules, and write anew what is passed on of it."""

    def __init__(self, app: ASGIApp, *, rules: Rules, hosts: Hosts, visitor: Visitor, owner: Owner) -> None:
        self._app = app
        self._rules = rules
        self._hosts = hosts
        self._visitor = visitor
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say in one line why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        visit = Visit()

        async def armoured(message: Message) -> None:
            if message["type"].endswith("response.start"):
                visit.started = True
                add(scope, message, visit.headers, secure=visit.secure)
            await send(message)

        try:
            admitted = await self._admitted(scope, receive, visit)
            await self._app(scope, admitted, armoured)
        except Problem as problem:
            await _refuse(scope, receive, armoured, problem, visit)
        except HTTPException as error:
            too_large = Problem(HTTPStatus(error.status_code), str(error.detail))
            await _refuse(scope, receive, armoured, too_large, visit)
        except Exception:
            await _refuse(scope, receive, armoured, Problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED), visit)
            raise

    async def _admitted(self, scope: Scope, receive: Receive, visit: Visit) -> Receive:
        """Return what reads a request that may pass; raises Problem for any other."""
        request = HTTPConnection(scope)
        host = self._hosts.check(request)
        visit.secure = self._hosts.is_secure(request, host)
        method = WEBSOCKET if scope["type"] == "websocket" else scope["method"]
        visit.rule = rule = self._rules.of(scope["path"], method)
        scope["state"]["rule"] = rule
        site = site_of(request.headers, self._hosts.origins(host, secure=visit.secure))
        scope["state"]["site"] = site
        _demand_own_page(request, rule, site, method)
        scope["headers"] = _passed_on(scope, rule)
        if rule.who is Who.PERSON:
            await self._demand_person(scope, rule, site, method)
        return await self._read(scope, limited(scope, receive, rule.most), rule)

    async def _demand_person(self, scope: Scope, rule: Rule, site: Site, method: str) -> None:
        account = await self._visitor(Request({**scope, "type": "http"}))
        if account is None:
            raise Problem(HTTPStatus.UNAUTHORIZED, LOG_IN)
        if site is Site.SILENT and method not in SAFE and not rule.handshake:
            raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)
        scope["state"]["account"] = account

    async def _read(self, scope: Scope, receive: Receive, rule: Rule) -> Receive:
        """Hold what was sent against its forms, and write it anew."""
        if rule.query:
            form = asked(rule.query, scope["query_string"])
            self._demand_session(scope, form)
            scope["query_string"] = query_of(form)
        if rule.body is None:
            return receive
        form = checked(rule.body, await whole(receive))
        self._demand_session(scope, form)
        return rewritten(scope, receive, form)

    def _demand_session(self, scope: Scope, form: Form) -> None:
        """Raise Problem 404 for the session of somebody else, as for one that is not there."""
        if isinstance(form, OfSession) and self._owner(form.session_id) != scope["state"]["account"].id:
            raise Problem(HTTPStatus.NOT_FOUND, "there is no such session of yours: reload the page")


def _demand_own_page(request: HTTPConnection, rule: Rule, site: Site, method: str) -> None:
    """Raise Problem 403 where the page of another origin sends what may change something, or opens a socket.

    A program with a token of its own is judged by that alone: no page can send one for somebody else.
    """
    if rule.foreign or (method in SAFE and not rule.handshake):
        return
    by_token = rule.who is Who.CALLER and "authorization" in request.headers
    if site is Site.OTHER and not by_token:
        raise Problem(HTTPStatus.FORBIDDEN, ELSEWHERE)


def _passed_on(scope: Scope, rule: Rule) -> list[tuple[bytes, bytes]]:
    """Return the headers without what no reader behind this one may judge by: a token is the API's alone."""
    headers = cleaned(scope["headers"])
    if rule.who is Who.CALLER:
        return headers
    return [(name, value) for name, value in headers if name != b"authorization"]


async def _refuse(scope: Scope, receive: Receive, send: Send, problem: Problem, visit: Visit) -> None:
    """Answer with one line; the page of the chat shows the detail of plain JSON alone."""
    if visit.started:
        return
    chat = visit.rule is not None and visit.rule.who is not Who.CALLER
    media_type = "application/json" if chat else MEDIA_TYPE
    response = answer(problem.status, problem.detail, problem.headers, media_type=media_type)
    if scope["type"] == "websocket":
        await _deny(scope, receive, send, response)
    else:
        await response(scope, receive, send)


async def _deny(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if "websocket.http.response" in scope.get("extensions", {}):
        await WebSocket(scope, receive, send).send_denial_response(response)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
